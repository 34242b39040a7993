// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Taken here, dropped by one of two callees or by hand; which one hangs on an enum.

#include <linux/kvm_host.h>

enum change { CREATE, MOVE, DELETE };

int prepare(struct kvm *kvm, enum change change);

static void swap_slots(struct kvm *kvm)
{
	kvm->memslots = NULL;
	mutex_unlock(&kvm->slots_arch_lock);
	synchronize_srcu(&kvm->srcu);
}

static void invalidate(struct kvm *kvm)
{
	swap_slots(kvm);
	mutex_lock(&kvm->slots_arch_lock);
}

static int set_slot(struct kvm *kvm, enum change change)
{
	int r;

	lockdep_assert_held(&kvm->slots_lock);
	mutex_lock(&kvm->slots_arch_lock);
	if (change == DELETE || change == MOVE)
		invalidate(kvm);
	r = prepare(kvm, change);
	if (r) {
		if (change == DELETE || change == MOVE)
			swap_slots(kvm);
		else
			mutex_unlock(&kvm->slots_arch_lock);
		return r;
	}
	swap_slots(kvm);
	return 0;
}

int ioctl_set_slot(struct kvm *kvm, enum change change)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	r = set_slot(kvm, change);
	mutex_unlock(&kvm->slots_lock);
	return r;
}
