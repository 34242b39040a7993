// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Behind the scope the lock is no longer held; inside it nothing sleeps.

#include <linux/kvm_host.h>

static void needs_write(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

void zap(struct kvm *kvm)
{
	scoped_guard(write_lock, &kvm->mmu_lock) {
		needs_write(kvm);
		// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}} may sleep under kvm.mmu_lock [sleep-in-atomic]
		might_sleep();
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs_write() is called without kvm.mmu_lock for write [lock-held]
	needs_write(kvm);
}
