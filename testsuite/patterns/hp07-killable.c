// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Two killable locks, undone in the other order when the second one fails.

#include <linux/kvm_host.h>

static int lock_two_vms(struct kvm *dst, struct kvm *src)
{
	int r = -16;

	if (dst == src)
		return -22;
	r = -4;
	if (mutex_lock_killable(&dst->lock))
		return r;
	if (mutex_lock_killable_nested(&src->lock, 1))
		goto unlock_dst;
	return 0;

unlock_dst:
	mutex_unlock(&dst->lock);
	return r;
}

static void unlock_two_vms(struct kvm *dst, struct kvm *src)
{
	mutex_unlock(&src->lock);
	mutex_unlock(&dst->lock);
}

int migrate(struct kvm *dst, struct kvm *src)
{
	int r = lock_two_vms(dst, src);

	if (r)
		return r;
	dst->created_vcpus = 0;
	unlock_two_vms(dst, src);
	return 0;
}
