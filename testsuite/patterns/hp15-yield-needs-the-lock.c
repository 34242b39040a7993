// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A yield drops the lock and takes it again: it is held before and behind it, and
// who has none cannot yield.

#include <linux/kvm_host.h>

static void zap_obsolete(struct kvm *kvm, int n)
{
	while (n--) {
		if (need_resched())
			cond_resched_rwlock_write(&kvm->mmu_lock);
		lockdep_assert_held_write(&kvm->mmu_lock);
	}
}

void zap_all_ok(struct kvm *kvm, int n)
{
	write_lock(&kvm->mmu_lock);
	zap_obsolete(kvm, n);
	write_unlock(&kvm->mmu_lock);
}

void zap_all_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is yielded{{.*}} but {{.*}}[lock-balance]
	cond_resched_rwlock_write(&kvm->mmu_lock);
}
