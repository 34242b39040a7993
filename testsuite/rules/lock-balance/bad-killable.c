// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// mutex_lock_killable() has the lock only if it returns 0.

#include <linux/kvm_host.h>

int run_ok(struct kvm_vcpu *vcpu)
{
	if (mutex_lock_killable(&vcpu->mutex))
		return -4;
	mutex_unlock(&vcpu->mutex);
	return 0;
}

int run_bad(struct kvm_vcpu *vcpu)
{
	int r = mutex_lock_killable(&vcpu->mutex);

	if (r)
		goto out;
	vcpu->arch.root = 0;
out:
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_vcpu.mutex is dropped, but not held [lock-balance]
	mutex_unlock(&vcpu->mutex);
	return r;
}
