// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who freezes an SPTE flushes, thaws it then, and does so on every path.

#include <linux/kvm_host.h>

int __tdp_mmu_set_spte_atomic(u64 *sptep, u64 spte);
void __kvm_tdp_mmu_write_spte(u64 *sptep, u64 spte);
void kvm_flush_remote_tlbs_range(struct kvm *kvm, gfn_t gfn, u64 npages);

static int tdp_mmu_zap_spte_atomic(struct kvm *kvm, u64 *sptep, gfn_t gfn, int how)
{
	int r = __tdp_mmu_set_spte_atomic(sptep, 1440);

	if (r)
		return r;
	if (how == 1)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: __kvm_tdp_mmu_write_spte() is called without kvm.frozen_flushed [spte-access]
		__kvm_tdp_mmu_write_spte(sptep, 0);
	kvm_flush_remote_tlbs_range(kvm, gfn, 1);
	if (how == 2)
		return 0;
	if (how == 0)
		__kvm_tdp_mmu_write_spte(sptep, 0);
	return 0;
}

void thawed(struct kvm *kvm, u64 *sptep, gfn_t gfn)
{
	read_lock(&kvm->mmu_lock);
	tdp_mmu_zap_spte_atomic(kvm, sptep, gfn, 0);
	read_unlock(&kvm->mmu_lock);
}

void unflushed(struct kvm *kvm, u64 *sptep, gfn_t gfn)
{
	read_lock(&kvm->mmu_lock);
	tdp_mmu_zap_spte_atomic(kvm, sptep, gfn, 1);
	read_unlock(&kvm->mmu_lock);
}

void left_bad(struct kvm *kvm, u64 *sptep, gfn_t gfn)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.in_zap is dropped before kvm.spte_frozen is settled [spte-access]
	tdp_mmu_zap_spte_atomic(kvm, sptep, gfn, 2);
	read_unlock(&kvm->mmu_lock);
}
