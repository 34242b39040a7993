// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A section that each round of a loop begins once more is deep, and still told.

#include <linux/kvm_host.h>

int ready(struct kvm *kvm);

void wait(struct kvm *kvm)
{
	rcu_read_lock();
	while (!ready(kvm))
		rcu_read_lock();
	rcu_read_unlock();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: wait() returns with rcu held [lock-balance]
}
