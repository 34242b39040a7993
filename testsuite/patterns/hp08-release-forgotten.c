// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The same shape; one error path drops nothing.

#include <linux/kvm_host.h>

int prepare(struct kvm *kvm);

static void swap_slots(struct kvm *kvm)
{
	kvm->memslots = NULL;
	mutex_unlock(&kvm->slots_arch_lock);
}

static int set_slot(struct kvm *kvm)
{
	int r;

	mutex_lock(&kvm->slots_arch_lock);
	r = prepare(kvm);
	if (r)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: set_slot() returns with kvm.slots_arch_lock held [lock-balance]
		return r;
	swap_slots(kvm);
	return 0;
}

int ioctl_set_slot(struct kvm *kvm)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	r = set_slot(kvm);
	mutex_unlock(&kvm->slots_lock);
	return r;
}
