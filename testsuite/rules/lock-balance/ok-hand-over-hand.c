// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock of the next object is taken before that of the last goes.

#include <linux/kvm_host.h>

struct kvm_vcpu *next_vcpu(struct kvm *kvm, struct kvm_vcpu *vcpu);

void walk(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = next_vcpu(kvm, NULL), *last;

	if (!vcpu)
		return;
	mutex_lock(&vcpu->mutex);
	for (last = vcpu; (vcpu = next_vcpu(kvm, last)); last = vcpu) {
		mutex_lock_nested(&vcpu->mutex, 1);
		mutex_unlock(&last->mutex);
	}
	mutex_unlock(&last->mutex);
}
