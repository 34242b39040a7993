// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// "continue" goes round the unlock: the next round waits for itself.

#include <linux/kvm_host.h>

void scan(struct kvm *kvm, struct kvm_mmu_page *sp, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is taken by who holds it already [lock-order]
		mutex_lock(&kvm->slots_lock);
		if (sp[i].role.invalid)
			continue;
		mutex_unlock(&kvm->slots_lock);
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: scan() returns with kvm.slots_lock held [lock-balance]
}
