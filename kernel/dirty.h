/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_DIRTY_H
#define MMU_DIRTY_H

void mark_page_dirty_in_slot(struct kvm_memory_slot *slot, gfn_t gfn);
void kvm_flush_pml(struct kvm_vcpu *vcpu);
void kvm_mmu_slot_apply_flags(struct kvm *kvm, const struct kvm_memory_slot *old,
			      struct kvm_memory_slot *new);
int kvm_get_dirty_log(struct kvm *kvm, int id, unsigned long *bitmap);

#endif
