// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The inner loop is left by goto, to a label behind the unlock in the one function
// and in front of it in the other.

#include <linux/kvm_host.h>

int test(int i, int k);

int scan_ok(struct kvm *kvm, int n)
{
	int i, k, found = 0;

	for (i = 0; i < n; i++) {
		mutex_lock(&kvm->slots_lock);
		for (k = 0; k < n; k++)
			if (test(i, k)) {
				found = 1;
				goto unlock;
			}
unlock:
		mutex_unlock(&kvm->slots_lock);
	}
	return found;
}

int scan_bad(struct kvm *kvm, int n)
{
	int i, k, found = 0;

	for (i = 0; i < n; i++) {
		mutex_lock(&kvm->slots_lock);
		for (k = 0; k < n; k++)
			if (test(i, k)) {
				found = 1;
				goto out;
			}
		mutex_unlock(&kvm->slots_lock);
	}
out:
	// CHECK: :[[@LINE+1]]:{{.*}}warning: scan_bad() returns with kvm.slots_lock held [lock-balance]
	return found;
}
