/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_NX_H
#define MMU_NX_H

void track_possible_nx_huge_page(struct kvm *kvm, struct kvm_mmu_page *sp);
void untrack_possible_nx_huge_page(struct kvm *kvm, struct kvm_mmu_page *sp);
void account_nx_huge_page_write(struct kvm *kvm, const struct kvm_page_fault *fault,
				struct kvm_mmu_page *sp);
void disallowed_hugepage_adjust(struct kvm_page_fault *fault, u64 spte, int cur_level);
void kvm_recover_nx_huge_pages(struct kvm *kvm, int max);
void kvm_set_nx_huge_pages(struct kvm *kvm, bool on);

#endif
