// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The caller holds SRCU, the callee leaves it for a while. What is called in the
// gap has no section; a mutex that readers must not take may be taken there.

#include <linux/kvm_host.h>

static void read_slots(struct kvm *kvm)
{
	lockdep_assert(srcu_read_lock_held(&kvm->srcu));
}

static void enter_guest(struct kvm_vcpu *vcpu)
{
	struct kvm *kvm = vcpu->kvm;

	read_slots(kvm);
	srcu_read_unlock(&kvm->srcu, vcpu->srcu_idx);
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
	if (vcpu->arch.hflags)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: read_slots() is called without {{.*}}[lock-held]
		read_slots(kvm);
	vcpu->srcu_idx = srcu_read_lock(&kvm->srcu);
	read_slots(kvm);
}

static void run(struct kvm_vcpu *vcpu)
{
	vcpu->srcu_idx = srcu_read_lock(&vcpu->kvm->srcu);
	enter_guest(vcpu);
	srcu_read_unlock(&vcpu->kvm->srcu, vcpu->srcu_idx);
}

const struct { void (*run)(struct kvm_vcpu *vcpu); } vcpu_fops = { .run = run };
