// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One error path leaves the lock held, the others do not.

#include <linux/kvm_host.h>

int prepare(struct kvm *kvm);
int commit(struct kvm *kvm);

int set_region_bad(struct kvm *kvm)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	r = prepare(kvm);
	if (r)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: set_region_bad() returns with kvm.slots_lock held [lock-balance]
		return r;
	r = commit(kvm);
	mutex_unlock(&kvm->slots_lock);
	return r;
}

int set_region_ok(struct kvm *kvm)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	r = prepare(kvm);
	if (r)
		goto out;
	r = commit(kvm);
out:
	mutex_unlock(&kvm->slots_lock);
	return r;
}
