// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The wrappers are right, one of their users is not.

#include <linux/kvm_host.h>

static inline void slots_get(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
}

static inline void slots_put(struct kvm *kvm)
{
	mutex_unlock(&kvm->slots_lock);
}

int user_ok(struct kvm *kvm, int n)
{
	int r = -22;

	slots_get(kvm);
	if (n < 0)
		goto out;
	r = n;
out:
	slots_put(kvm);
	return r;
}

int user_bad(struct kvm *kvm, int n)
{
	slots_get(kvm);
	if (n < 0)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: user_bad() returns with kvm.slots_lock held [lock-balance]
		return -22;
	slots_put(kvm);
	return n;
}
