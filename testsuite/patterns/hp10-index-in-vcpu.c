// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A section whose index is kept in the vCPU, behind a pair of inline helpers.

#include <linux/kvm_host.h>

static inline void vcpu_srcu_lock(struct kvm_vcpu *vcpu)
{
	vcpu->srcu_idx = srcu_read_lock(&vcpu->kvm->srcu);
}

static inline void vcpu_srcu_unlock(struct kvm_vcpu *vcpu)
{
	srcu_read_unlock(&vcpu->kvm->srcu, vcpu->srcu_idx);
}

int run_ok(struct kvm_vcpu *vcpu)
{
	vcpu_srcu_lock(vcpu);
	vcpu_srcu_unlock(vcpu);
	return 0;
}

int run_bad(struct kvm_vcpu *vcpu, int n)
{
	vcpu_srcu_lock(vcpu);
	if (n)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: run_bad() returns with kvm.srcu for read held [lock-balance]
		return -5;
	vcpu_srcu_unlock(vcpu);
	return 0;
}
