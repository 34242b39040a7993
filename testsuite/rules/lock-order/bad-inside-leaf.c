// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Nothing is taken inside a leaf.

#include <linux/kvm_host.h>

void account(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_arch.mmu_unsync_pages_lock is taken inside kvm_arch.tdp_mmu_pages_lock [lock-order]
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	write_unlock(&kvm->mmu_lock);
}
