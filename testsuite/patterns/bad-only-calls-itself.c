// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who is only called by himself, as far as one sees, is looked at all the same.

#include <linux/kvm_host.h>

void walk(struct kvm *kvm, int level)
{
	write_lock(&kvm->mmu_lock);
	if (level == 1)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: walk() returns with kvm.mmu_lock for write held [lock-balance]
		return;
	write_unlock(&kvm->mmu_lock);
	walk(kvm, level - 1);
}
