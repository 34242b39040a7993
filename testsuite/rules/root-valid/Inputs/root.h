/* SPDX-License-Identifier: GPL-2.0-only */
/* As much of an MMU as its root is in. */
#pragma once

#include <linux/bug.h>
#include <linux/kvm_host.h>

#define INVALID_PAGE		(~(u64)0)
#define VALID_PAGE(x)		((x) != INVALID_PAGE)
#define ROOT_CURRENT		1ul
#define ROOT_PREVIOUS		2ul

struct kvm_mmu_root_info {
	u64 hpa;
};

struct kvm_mmu {
	struct kvm_mmu_root_info root;
};

int kvm_mmu_reload(struct kvm_vcpu *vcpu);
void kvm_mmu_free_roots(struct kvm *kvm, struct kvm_mmu *mmu, unsigned long which);
int kvm_mmu_do_page_fault(struct kvm_vcpu *vcpu, u64 addr);
int x86_emulate_instruction(struct kvm_vcpu *vcpu, u64 addr);
int kvm_faultin_pfn(struct kvm_vcpu *vcpu);
void kvm_release_pfn_clean(u64 pfn);
