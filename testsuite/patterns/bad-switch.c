// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One case of a switch returns, the others break.

#include <linux/kvm_host.h>

int ioctl(struct kvm *kvm, int nr)
{
	int r = 0;

	mutex_lock(&kvm->lock);
	switch (nr) {
	case 1:
		r = 1;
		break;
	case 2:
		// CHECK: :[[@LINE+1]]:{{.*}}warning: ioctl() returns with kvm.lock held [lock-balance]
		return -25;
	case 3:
		mutex_unlock(&kvm->lock);
		return 3;
	default:
		r = -22;
	}
	mutex_unlock(&kvm->lock);
	return r;
}
