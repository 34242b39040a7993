// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A lock that was tried for is held on one branch only.

#include <linux/kvm_host.h>

bool try_ok(struct kvm *kvm)
{
	if (!mutex_trylock(&kvm->slots_lock))
		return false;
	mutex_unlock(&kvm->slots_lock);
	return true;
}

bool try_later_ok(struct kvm *kvm)
{
	bool got = mutex_trylock(&kvm->slots_lock);

	if (got)
		mutex_unlock(&kvm->slots_lock);
	return got;
}

bool try_bad(struct kvm *kvm)
{
	if (mutex_trylock(&kvm->slots_lock))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: try_bad() returns with kvm.slots_lock held [lock-balance]
		return false;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is dropped, but not held [lock-balance]
	mutex_unlock(&kvm->slots_lock);
	return true;
}
