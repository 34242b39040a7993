// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// __tdp_mmu_set_spte() as it is from 5.18 until 6.3.

#include <linux/kvm_host.h>

u64 __tdp_mmu_set_spte(struct kvm *kvm, int as_id, u64 *sptep, u64 old_spte, u64 new_spte,
		       gfn_t gfn, int level, bool record_acc_track, bool record_dirty_log);
void kvm_flush_remote_tlbs(struct kvm *kvm);

void zap_bad(struct kvm *kvm, u64 *sptep, u64 old_spte)
{
	write_lock(&kvm->mmu_lock);
	__tdp_mmu_set_spte(kvm, 0, sptep, old_spte, 0, 0, 1, true, true);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}kvm.flush_owed{{.*}} [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
}

void zap_ok(struct kvm *kvm, u64 *sptep, u64 old_spte)
{
	write_lock(&kvm->mmu_lock);
	__tdp_mmu_set_spte(kvm, 0, sptep, old_spte, 0, 0, 1, true, true);
	kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}
