// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The locks of two VMs, the one with the lower address first: the same two on the
// way out.

#include <linux/kvm_host.h>

void copy(struct kvm *dst, struct kvm *src)
{
	if (dst < src) {
		mutex_lock(&dst->lock);
		mutex_lock_nested(&src->lock, 1);
	} else {
		mutex_lock(&src->lock);
		mutex_lock_nested(&dst->lock, 1);
	}
	dst->created_vcpus = src->created_vcpus;
	mutex_unlock(&dst->lock);
	mutex_unlock(&src->lock);
}
