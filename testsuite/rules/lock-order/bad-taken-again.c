// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Taken again by who has it, by way of a call: one finding, at the second take.

#include <linux/kvm_host.h>

static void free_roots(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is taken by who holds it already [lock-order]
	read_lock(&kvm->mmu_lock);
	read_unlock(&kvm->mmu_lock);
}

void again(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	free_roots(kvm);
	read_unlock(&kvm->mmu_lock);
}
