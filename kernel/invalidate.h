/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_INVALIDATE_H
#define MMU_INVALIDATE_H

void kvm_mmu_invalidate_begin(struct kvm *kvm);
void kvm_mmu_invalidate_range_add(struct kvm *kvm, gfn_t start, gfn_t end);
void kvm_mmu_invalidate_end(struct kvm *kvm);
bool mmu_invalidate_retry_gfn(struct kvm *kvm, unsigned long mmu_seq, gfn_t gfn);

void kvm_mn_invalidate_raise(struct kvm *kvm);
void kvm_mn_invalidate_drop(struct kvm *kvm);

/* Notifiers: what the host does to its mapping, before and after (notifier.c) */
bool kvm_mmu_notifier_invalidate_range_start(struct kvm *kvm, hva_t start, hva_t end);
void kvm_mmu_notifier_invalidate_range_end(struct kvm *kvm, bool opened);
bool kvm_mmu_notifier_clear_young(struct kvm *kvm, hva_t start, hva_t end);
bool kvm_mmu_notifier_test_young(struct kvm *kvm, hva_t hva);

#endif
