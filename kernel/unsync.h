/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_UNSYNC_H
#define MMU_UNSYNC_H

int mmu_try_to_unsync_pages(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t gfn,
			    bool prefetch);
void mark_unsync(struct kvm *kvm, u64 *sptep);
bool kvm_sync_page(struct kvm_vcpu *vcpu, struct kvm_mmu_page *sp);
void kvm_mmu_sync_roots(struct kvm_vcpu *vcpu);

#endif
