// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Taking MMU-writable owes a flush before the unlock; for dirty logging the flush
// comes later, under slots_lock.

#include <linux/kvm_host.h>

void kvm_flush_remote_tlbs(struct kvm *kvm);
bool spte_write_protect(u64 *sptep, bool pt_protect);

void for_dirty_logging(struct kvm *kvm, u64 *sptep)
{
	bool flush;

	write_lock(&kvm->mmu_lock);
	flush = spte_write_protect(sptep, false);
	write_unlock(&kvm->mmu_lock);
	if (flush)
		kvm_flush_remote_tlbs(kvm);
}

void for_shadowing_bad(struct kvm *kvm, u64 *sptep)
{
	bool flush;

	write_lock(&kvm->mmu_lock);
	flush = spte_write_protect(sptep, true);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.flush_owed is settled [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
	if (flush)
		kvm_flush_remote_tlbs(kvm);
}
