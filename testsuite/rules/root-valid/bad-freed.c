// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Between the pfn and its SPTE the root stays; a previous root may go.

#include "Inputs/root.h"

int current_bad(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu)
{
	int r = kvm_faultin_pfn(vcpu);

	if (r) {
		kvm_mmu_free_roots(vcpu->kvm, mmu, ROOT_CURRENT);
		return r;
	}
	kvm_mmu_free_roots(vcpu->kvm, mmu, ROOT_PREVIOUS);
	write_lock(&vcpu->kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_free_roots() is called with kvm_mmu.root_in_use [root-valid]
	kvm_mmu_free_roots(vcpu->kvm, mmu, ROOT_CURRENT | ROOT_PREVIOUS);
	write_unlock(&vcpu->kvm->mmu_lock);
	kvm_release_pfn_clean(0);
	return 0;
}
