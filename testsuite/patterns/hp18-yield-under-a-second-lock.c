// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A yield of mmu_lock sleeps under whatever else is held: legal at a depth of one
// only.

#include <linux/kvm_host.h>

void walk_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	rcu_read_lock();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: cond_resched_rwlock_write() may sleep under rcu [sleep-in-atomic]
	cond_resched_rwlock_write(&kvm->mmu_lock);
	rcu_read_unlock();
	write_unlock(&kvm->mmu_lock);
}
