// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/unreached.contracts | %check
//
// What only the first one does, under a lock, is not reached by who has seen that
// there was one; who has not seen it gets there.

#include <linux/kvm_host.h>

static void set_up(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->lock);
}

static void reset(struct kvm_vcpu *vcpu)
{
	if (!vcpu->kvm->memslots)
		set_up(vcpu->kvm);
}

void seen_ok(struct kvm_vcpu *vcpu)
{
	if (vcpu->srcu_idx & 2)
		reset(vcpu);
}

void first_ok(struct kvm_vcpu *vcpu)
{
	mutex_lock(&vcpu->kvm->lock);
	reset(vcpu);
	mutex_unlock(&vcpu->kvm->lock);
}

void first_bad(struct kvm_vcpu *vcpu)
{
	if (!(vcpu->srcu_idx & 2))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: reset() is called without kvm.lock [lock-held]
		reset(vcpu);
}
