// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whose locks were taken is written down in an array, the caller's own first; one
// loop over it drops them all, and another all but that.

#include <linux/kvm_host.h>

struct crowd {
	int n;
	struct kvm_vcpu *vcpu[4];
};

struct kvm_vcpu *next_vcpu(struct kvm *kvm, struct kvm_vcpu *vcpu);
void run(struct crowd *crowd);

static bool take_along(struct crowd *crowd, struct kvm_vcpu *vcpu)
{
	if (crowd->n == 4)
		return false;
	crowd->vcpu[crowd->n++] = vcpu;
	return true;
}

static void collect(struct crowd *crowd, struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = NULL;

	while ((vcpu = next_vcpu(kvm, vcpu))) {
		if (!mutex_trylock(&vcpu->mutex))
			continue;
		if (!take_along(crowd, vcpu))
			mutex_unlock(&vcpu->mutex);
	}
}

static void run_all(struct kvm_vcpu *own)
{
	struct crowd crowd = { .n = 1, .vcpu[0] = own };
	struct kvm_vcpu *vcpu;
	int i;

	collect(&crowd, own->kvm);
	if (own->arch.root) {
		for (i = 1; i < crowd.n; i++) {
			vcpu = crowd.vcpu[i];
			mutex_unlock(&vcpu->mutex);
		}
		return;
	}
	for (i = 0; i < crowd.n; i++)
		mutex_unlock(&crowd.vcpu[i]->mutex);
	run(&crowd);
	mutex_lock(&own->mutex);
}

void vcpu_ok(struct kvm_vcpu *vcpu)
{
	mutex_lock(&vcpu->mutex);
	run_all(vcpu);
	mutex_unlock(&vcpu->mutex);
}
