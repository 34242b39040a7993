// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Known limit: what is asked of a copy is not asked of the root. The finding here is
// untrue.

#include "Inputs/root.h"

int kvm_mmu_page_fault(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu, u64 addr)
{
	u64 root;

	guard(mutex)(&vcpu->mutex);
	root = mmu->root.hpa;
	if (!VALID_PAGE(root))
		return 0;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_do_page_fault() is called without kvm_mmu.root_asked [root-valid]
	return kvm_mmu_do_page_fault(vcpu, addr);
}

void fault(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu, u64 addr)
{
	kvm_mmu_page_fault(vcpu, mmu, addr);
}
