// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The section that a callee leaves open is not the one that its caller ends: that
// one the caller began itself.

#include <linux/kvm_host.h>

void work(struct kvm *kvm);

static void read_all(struct kvm *kvm)
{
	rcu_read_lock();
	work(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: read_all() returns with rcu held [lock-balance]
}

void run(struct kvm *kvm)
{
	rcu_read_lock();
	read_all(kvm);
	rcu_read_unlock();
}
