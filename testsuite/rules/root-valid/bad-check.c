// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who serves a fault asks for the root before, and no instruction comes between.

#include "Inputs/root.h"

int kvm_mmu_page_fault(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu, u64 addr,
		       int how)
{
	guard(mutex)(&vcpu->mutex);
	if (how == 0) {
		if (WARN_ON_ONCE(!VALID_PAGE(mmu->root.hpa)))
			return 0;
		return kvm_mmu_do_page_fault(vcpu, addr);
	}
	if (how == 1)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_do_page_fault() is called without kvm_mmu.root_asked [root-valid]
		return kvm_mmu_do_page_fault(vcpu, addr);
	if (!VALID_PAGE(mmu->root.hpa))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_do_page_fault() is called without kvm_mmu.root_asked [root-valid]
		return kvm_mmu_do_page_fault(vcpu, addr);
	x86_emulate_instruction(vcpu, addr);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_do_page_fault() is called without kvm_mmu.root_asked [root-valid]
	return kvm_mmu_do_page_fault(vcpu, addr);
}

void fault(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu, u64 addr, int how)
{
	kvm_mmu_page_fault(vcpu, mmu, addr, how);
}
