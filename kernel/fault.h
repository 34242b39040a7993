/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_FAULT_H
#define MMU_FAULT_H

#include "spte.h"

int kvm_mmu_page_fault(struct kvm_vcpu *vcpu, gpa_t cr2_or_gpa, u32 error_code, gpa_t *emulate);
int kvm_mmu_prefault(struct kvm_vcpu *vcpu, gpa_t gpa);
int kvm_faultin_pfn(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault);
void kvm_release_faultin_pfn(kvm_pfn_t pfn);
bool is_page_fault_stale(struct kvm_vcpu *vcpu, const struct kvm_page_fault *fault);
int kvm_mmu_max_mapping_level(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t gfn,
			      int max_level);
void kvm_mmu_hugepage_adjust(struct kvm *kvm, struct kvm_page_fault *fault);
int shadow_page_fault(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault, gpa_t *emulate);
int fast_page_fault(struct kvm_vcpu *vcpu, const struct kvm_page_fault *fault);

/* Does the entry let the access through that faulted */
static inline bool is_access_allowed(const struct kvm_page_fault *fault, u64 spte)
{
	if (fault->write)
		return spte & SPTE_W;
	return spte & (fault->exec ? SPTE_X : SPTE_R);
}

#endif
