/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_SHADOW_H
#define MMU_SHADOW_H

static inline struct hlist_head *kvm_mmu_page_bucket(struct kvm *kvm, gfn_t gfn)
{
	return &kvm->arch.mmu_page_hash[(gfn ^ (gfn >> KVM_MMU_HASH_BITS)) &
					(KVM_NUM_MMU_PAGES - 1)];
}

static inline bool is_obsolete_sp(struct kvm *kvm, const struct kvm_mmu_page *sp)
{
	return sp->role.invalid ||
	       (!sp->tdp_mmu_page && sp->mmu_valid_gen != kvm->arch.mmu_valid_gen);
}

/* The shadow pages that shadow a table of the guest's.  Needs mmu_lock, in any mode. */
#define for_each_gfn_valid_sp_with_gptes(kvm, sp, _gfn)			\
	hlist_for_each_entry(sp, kvm_mmu_page_bucket(kvm, _gfn), hash_link) \
		if ((sp)->gfn != (_gfn) || is_obsolete_sp(kvm, sp) ||	\
		    (sp)->role.direct) {} else

struct kvm_mmu_page *kvm_mmu_get_shadow_page(struct kvm_vcpu *vcpu, gfn_t gfn,
					     union kvm_mmu_page_role role);
struct kvm_mmu_page *kvm_mmu_get_child_sp(struct kvm_vcpu *vcpu, u64 *sptep, gfn_t gfn,
					  bool direct, u32 access);
void link_shadow_page(struct kvm *kvm, struct kvm_mmu_caches *caches, u64 *sptep,
		      struct kvm_mmu_page *sp);
void kvm_mmu_split_huge_page(struct kvm *kvm, struct kvm_memory_slot *slot, u64 *sptep);
bool mmu_page_zap_pte(struct kvm *kvm, struct kvm_mmu_page *sp, u64 *sptep);
void kvm_mmu_prepare_zap_page(struct kvm *kvm, struct kvm_mmu_page *sp,
			      struct list_head *invalid_list);
void kvm_mmu_remote_flush_or_zap(struct kvm *kvm, struct list_head *invalid_list, bool flush);
void kvm_mmu_commit_zap_page(struct kvm *kvm, struct list_head *invalid_list);
int mmu_set_spte(struct kvm_vcpu *vcpu, u64 *sptep, gfn_t gfn, struct kvm_page_fault *fault);
void mmu_free_root_page_write(struct kvm *kvm, hpa_t root, struct list_head *invalid_list);
void kvm_zap_obsolete_pages(struct kvm *kvm);
int mmu_first_shadow_root_alloc(struct kvm *kvm);

/* Walks without mmu_lock (fast_fault.c) */
void walk_shadow_page_lockless_begin(struct kvm_vcpu *vcpu);
void walk_shadow_page_lockless_end(struct kvm_vcpu *vcpu);

#endif
