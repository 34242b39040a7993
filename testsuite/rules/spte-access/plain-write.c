// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A plain store only where no bits are lost that others set.

#include <linux/kvm_host.h>

bool spte_has_volatile_bits(u64 spte);
bool is_shadow_present_pte(u64 spte);
void __update_clear_spte_fast(u64 *sptep, u64 spte);
u64 __update_clear_spte_slow(u64 *sptep, u64 spte);

static u64 mmu_spte_update(u64 *sptep, u64 new_spte)
{
	u64 old_spte = *sptep;

	if (!spte_has_volatile_bits(old_spte))
		__update_clear_spte_fast(sptep, new_spte);
	else
		old_spte = __update_clear_spte_slow(sptep, new_spte);
	return old_spte;
}

static u64 mmu_spte_update_no_track(u64 *sptep, u64 new_spte)
{
	u64 old_spte = *sptep;

	if (spte_has_volatile_bits(old_spte))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: __update_clear_spte_fast() is called without kvm.spte_calm [spte-access]
		__update_clear_spte_fast(sptep, new_spte);
	else
		old_spte = __update_clear_spte_slow(sptep, new_spte);
	return old_spte;
}

static u64 mmu_spte_clear_track_bits(u64 *sptep)
{
	u64 old_spte = *sptep;

	/* Nobody sets bits in what is not there. */
	if (!is_shadow_present_pte(old_spte))
		__update_clear_spte_fast(sptep, 0);
	return old_spte;
}

void locked(struct kvm *kvm, u64 *sptep)
{
	write_lock(&kvm->mmu_lock);
	mmu_spte_update(sptep, 1);
	mmu_spte_update_no_track(sptep, 1);
	mmu_spte_clear_track_bits(sptep);
	write_unlock(&kvm->mmu_lock);
}

void shared_bad(struct kvm *kvm, u64 *sptep)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: mmu_spte_update() is called without kvm.mmu_lock for write [lock-held]
	mmu_spte_update(sptep, 1);
	read_unlock(&kvm->mmu_lock);
}
