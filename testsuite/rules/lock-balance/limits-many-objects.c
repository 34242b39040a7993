// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The locks of many objects, taken in one loop and dropped in another, are not
// counted: that the second loop stops early is not seen.

#include <linux/kvm_host.h>

struct kvm_vcpu *next_vcpu(struct kvm *kvm, struct kvm_vcpu *vcpu);

void fn_lock_all(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = NULL;

	while ((vcpu = next_vcpu(kvm, vcpu)))
		mutex_lock_nested(&vcpu->mutex, 1);
	while ((vcpu = next_vcpu(kvm, vcpu))) {
		if (vcpu->arch.root)
			break;
		mutex_unlock(&vcpu->mutex);
	}
}
