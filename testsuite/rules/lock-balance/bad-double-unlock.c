// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Dropped twice: the second time nobody holds it.

#include <linux/kvm_host.h>

void create(struct kvm *kvm, bool fail)
{
	mutex_lock(&kvm->lock);
	if (fail)
		mutex_unlock(&kvm->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.lock is dropped, but not held [lock-balance]
	mutex_unlock(&kvm->lock);
}
