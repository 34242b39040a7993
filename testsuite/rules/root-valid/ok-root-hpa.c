// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Up to 5.17 the root of the MMU is a member of it, and no record of its own.

#define kvm_mmu kvm_mmu_of_later
#include "Inputs/root.h"
#undef kvm_mmu

struct kvm_mmu {
	hpa_t root_hpa;
};

int kvm_mmu_page_fault(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu, u64 addr)
{
	guard(mutex)(&vcpu->mutex);
	if (WARN_ON(!VALID_PAGE(mmu->root_hpa)))
		return 0;
	return kvm_mmu_do_page_fault(vcpu, addr);
}

void fault(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu, u64 addr)
{
	kvm_mmu_page_fault(vcpu, mmu, addr);
}
