// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One jump goes a label too far.

#include <linux/kvm_host.h>

int step(struct kvm *kvm, int n);

int create(struct kvm *kvm)
{
	int r;

	mutex_lock(&kvm->lock);
	mutex_lock(&kvm->slots_lock);
	r = step(kvm, 1);
	if (r)
		goto out_lock;
	r = step(kvm, 2);
	mutex_unlock(&kvm->slots_lock);
out_lock:
	mutex_unlock(&kvm->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: create() returns with kvm.slots_lock held [lock-balance]
	return r;
}
