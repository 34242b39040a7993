/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_TRACK_H
#define MMU_TRACK_H

struct kvm_mmu_page;

bool kvm_gfn_is_write_tracked(const struct kvm_memory_slot *slot, gfn_t gfn);
void account_shadowed(struct kvm *kvm, struct kvm_mmu_page *sp);
void unaccount_shadowed(struct kvm *kvm, struct kvm_mmu_page *sp);
bool kvm_mmu_slot_gfn_write_protect(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn);
void kvm_mmu_track_write(struct kvm_vcpu *vcpu, gpa_t gpa);
int kvm_emulate_write(struct kvm_vcpu *vcpu, gpa_t gpa, u64 value);

#endif
