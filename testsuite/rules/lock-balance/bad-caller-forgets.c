// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A function that takes a lock for its callers, one of which forgets it. It is
// the caller that is told, not the helper.

#include <linux/kvm_host.h>

static void region_lock(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
}

static void region_unlock(struct kvm *kvm)
{
	mutex_unlock(&kvm->slots_lock);
}

void read_region_ok(struct kvm *kvm)
{
	region_lock(kvm);
	region_unlock(kvm);
}

int read_region_bad(struct kvm *kvm, int n)
{
	region_lock(kvm);
	if (n < 0)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: read_region_bad() returns with kvm.slots_lock held [lock-balance]
		return -22;
	region_unlock(kvm);
	return 0;
}
