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

/* Those that an array keeps: one's own may be among them, and is not asked for. */
void fn_lock_of_array(struct kvm_vcpu *own, struct kvm_vcpu **others, int n)
{
	int i;

	mutex_lock(&own->mutex);
	for (i = 0; i < n; i++)
		mutex_unlock(&others[i]->mutex);
}
