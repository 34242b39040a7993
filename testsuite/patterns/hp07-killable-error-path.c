// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// When the second lock fails the first one stays locked, and the caller, who is
// told of a failure, cannot know.

#include <linux/kvm_host.h>

static int lock_two_vms(struct kvm *dst, struct kvm *src)
{
	if (mutex_lock_killable(&dst->lock))
		return -4;
	if (mutex_lock_killable_nested(&src->lock, 1))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: lock_two_vms() returns with kvm.lock held [lock-balance]
		return -4;
	return 0;
}

int migrate(struct kvm *dst, struct kvm *src)
{
	int r = lock_two_vms(dst, src);

	if (r)
		return r;
	mutex_unlock(&src->lock);
	mutex_unlock(&dst->lock);
	return 0;
}
