// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// need_resched() or a waiter, a flush, then the yield: no sleep under the lock that
// is yielded. A plain cond_resched() there is one.

#include <linux/kvm_host.h>

void flush_tlbs(struct kvm *kvm);

void walk_ok(struct kvm *kvm, int n)
{
	bool flush = false;

	write_lock(&kvm->mmu_lock);
	while (n--) {
		flush = true;
		if (need_resched() || rwlock_needbreak(&kvm->mmu_lock)) {
			if (flush) {
				flush_tlbs(kvm);
				flush = false;
			}
			cond_resched_rwlock_write(&kvm->mmu_lock);
		}
	}
	write_unlock(&kvm->mmu_lock);
}

void walk_bad(struct kvm *kvm, int n)
{
	write_lock(&kvm->mmu_lock);
	while (n--)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: cond_resched() may sleep under kvm.mmu_lock [sleep-in-atomic]
		cond_resched();
	write_unlock(&kvm->mmu_lock);
}

void walk_two_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: cond_resched() may sleep under kvm{{.*}} [sleep-in-atomic]
	cond_resched();
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	write_unlock(&kvm->mmu_lock);
}
