// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Under a mutex, a rwsem, in an SRCU section one may sleep.

#include <linux/kvm_host.h>

void all_three(struct kvm *kvm)
{
	int idx;

	mutex_lock(&kvm->lock);
	down_read(&kvm->arch.apicv_update_lock);
	idx = srcu_read_lock(&kvm->srcu);
	might_sleep();
	kfree(kmalloc(8, GFP_KERNEL));
	srcu_read_unlock(&kvm->srcu, idx);
	up_read(&kvm->arch.apicv_update_lock);
	mutex_unlock(&kvm->lock);
}
