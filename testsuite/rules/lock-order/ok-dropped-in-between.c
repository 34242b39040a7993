// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The reader leaves its section for the mutex and comes back: no reader takes it.

#include <linux/kvm_host.h>

static void inhibit(struct kvm_vcpu *vcpu)
{
	srcu_read_unlock(&vcpu->kvm->srcu, vcpu->srcu_idx);
	mutex_lock(&vcpu->kvm->slots_lock);
	mutex_unlock(&vcpu->kvm->slots_lock);
	vcpu->srcu_idx = srcu_read_lock(&vcpu->kvm->srcu);
}

void run(struct kvm_vcpu *vcpu)
{
	vcpu->srcu_idx = srcu_read_lock(&vcpu->kvm->srcu);
	inhibit(vcpu);
	srcu_read_unlock(&vcpu->kvm->srcu, vcpu->srcu_idx);
}
