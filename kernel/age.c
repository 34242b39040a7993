// SPDX-License-Identifier: GPL-2.0-only
/* Was a range accessed since somebody asked last. */
#include "mmu_internal.h"
#include "age.h"
#include "rmap.h"
#include "spte.h"
#include "tdp.h"

static bool spte_age(struct kvm *kvm, u64 *sptep)
{
	u64 spte = READ_ONCE(*sptep);

	if (!is_accessed_spte(spte))
		return false;
	mmu_spte_update(sptep, mark_spte_for_access_track(spte));
	return true;
}

static bool spte_test_age(struct kvm *kvm, u64 *sptep)
{
	return is_accessed_spte(READ_ONCE(*sptep));
}

/**
 * kvm_age_gfn() - was the range accessed; forget it
 * @kvm: the VM
 * @range: the range
 *
 * Needs mmu_lock for write.
 *
 * Return: whether anything of it was accessed since the last time.
 */
bool kvm_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range)
	__must_hold(&kvm->mmu_lock)
{
	bool young;

	lockdep_assert_held_write(&kvm->mmu_lock);
	young = kvm_rmap_range(kvm, range->slot, range->start, range->end, spte_age);
	if (kvm->arch.tdp_mmu_enabled)
		young |= kvm_tdp_mmu_age_gfn_range(kvm, range);
	return young;
}

/**
 * kvm_test_age_gfn() - was the range accessed
 * @kvm: the VM
 * @range: the range, in gfns
 *
 * Needs mmu_lock for write.
 *
 * Return: whether anything of it was accessed since kvm_age_gfn().
 */
bool kvm_test_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range)
	__must_hold(&kvm->mmu_lock)
{
	bool young;

	lockdep_assert_held_write(&kvm->mmu_lock);
	young = kvm_rmap_range(kvm, range->slot, range->start, range->end, spte_test_age);
	if (kvm->arch.tdp_mmu_enabled)
		young |= kvm_tdp_mmu_test_age_gfn(kvm, range);
	return young;
}
