// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whose locks were taken is written down in an array, and its reader drops none.

#include <linux/kvm_host.h>

struct crowd {
	int n;
	struct kvm_vcpu *vcpu[4];
};

struct kvm_vcpu *next_vcpu(struct kvm *kvm, struct kvm_vcpu *vcpu);
void run(struct kvm_vcpu *vcpu);

static void collect_bad(struct crowd *crowd, struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = NULL;

	while ((vcpu = next_vcpu(kvm, vcpu))) {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_vcpu.mutex of one object is taken, and that of the last is not dropped [lock-balance]
		mutex_lock(&vcpu->mutex);
		if (crowd->n < 4)
			crowd->vcpu[crowd->n++] = vcpu;
		else
			mutex_unlock(&vcpu->mutex);
	}
}

void run_all(struct kvm *kvm)
{
	struct crowd crowd = {};
	int i;

	collect_bad(&crowd, kvm);
	for (i = 0; i < crowd.n; i++)
		run(crowd.vcpu[i]);
}
