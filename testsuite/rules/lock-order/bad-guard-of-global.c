// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A lock at file scope is taken by a guard, in a function that another lock's
// holder calls: told where the guard is, not in what it is made of.

#include <linux/kvm_host.h>

struct mutex kvm_usage_lock;

static void enable(void)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_usage_lock is taken inside kvm_lock [lock-order]
	guard(mutex)(&kvm_usage_lock);
}

void create(void)
{
	mutex_lock(&kvm_lock);
	enable();
	mutex_unlock(&kvm_lock);
}

void load(void)
{
	enable();
}
