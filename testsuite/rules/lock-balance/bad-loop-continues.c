// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A loop locks one object after another; one round goes on to the next without
// the unlock.

#include <linux/kvm_host.h>

struct kvm_vcpu *next_vcpu(struct kvm *kvm, struct kvm_vcpu *vcpu);
int update(struct kvm_vcpu *vcpu);

int update_ok(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = NULL;
	int r;

	while ((vcpu = next_vcpu(kvm, vcpu))) {
		mutex_lock(&vcpu->mutex);
		r = update(vcpu);
		mutex_unlock(&vcpu->mutex);
		if (r)
			return r;
	}
	return 0;
}

int update_bad(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = NULL;

	while ((vcpu = next_vcpu(kvm, vcpu))) {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_vcpu.mutex of one object is taken, and that of the last is not dropped [lock-balance]
		mutex_lock(&vcpu->mutex);
		if (update(vcpu))
			continue;
		mutex_unlock(&vcpu->mutex);
	}
	return 0;
}
