/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_ZAP_H
#define MMU_ZAP_H

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range);
void kvm_zap_gfn_range(struct kvm *kvm, gfn_t start, gfn_t end);
void kvm_arch_flush_shadow_memslot(struct kvm *kvm, struct kvm_memory_slot *slot);
void kvm_mmu_zap_all_fast(struct kvm *kvm);
void kvm_mmu_zap_all(struct kvm *kvm);

#endif
