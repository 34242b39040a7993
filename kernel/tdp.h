/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The TDP MMU.  Functions that end in _read are called with mmu_lock held for read, and
 * others may change the same tables meanwhile; those in _write have it for write.
 */
#ifndef MMU_TDP_H
#define MMU_TDP_H

#include "iter.h"

/* tdp_root.c */
hpa_t kvm_tdp_mmu_get_vcpu_root(struct kvm_vcpu *vcpu);
void kvm_tdp_mmu_put_root(struct kvm *kvm, struct kvm_mmu_page *root);
void kvm_tdp_mmu_invalidate_all_roots(struct kvm *kvm);
void kvm_tdp_mmu_zap_invalidated_roots(struct kvm *kvm);
struct kvm_mmu_page *tdp_mmu_next_root(struct kvm *kvm, struct kvm_mmu_page *prev,
				       bool only_valid);

/*
 * Each step takes a reference to the next root and drops that to the one before, so
 * that the body may yield.  Who leaves the loop early must drop the reference.
 */
#define for_each_tdp_mmu_root_yield_safe(kvm, root)			\
	for ((root) = tdp_mmu_next_root(kvm, NULL, false); (root);	\
	     (root) = tdp_mmu_next_root(kvm, root, false))
#define for_each_valid_tdp_mmu_root_yield_safe(kvm, root)		\
	for ((root) = tdp_mmu_next_root(kvm, NULL, true); (root);	\
	     (root) = tdp_mmu_next_root(kvm, root, true))

/* tdp.c */
int kvm_tdp_mmu_map(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault);
bool kvm_tdp_mmu_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range, bool flush);
bool kvm_tdp_mmu_zap_sp(struct kvm *kvm, struct kvm_mmu_page *sp);
void tdp_mmu_zap_root_read(struct kvm *kvm, struct kvm_mmu_page *root);
tdp_ptep_t kvm_tdp_mmu_fast_pf_get_last_sptep(struct kvm_vcpu *vcpu, gfn_t gfn, u64 *spte);

/* tdp_spte.c: every change of an entry */
int tdp_mmu_set_spte_read(struct kvm *kvm, struct tdp_iter *iter, u64 new_spte);
int tdp_mmu_zap_spte_read(struct kvm *kvm, struct tdp_iter *iter);
void tdp_mmu_set_spte_write(struct kvm *kvm, struct tdp_iter *iter, u64 new_spte);
u64 tdp_mmu_zap_spte_write(struct kvm *kvm, tdp_ptep_t sptep, u64 old_spte, gfn_t gfn,
			   int level);
int tdp_mmu_link_sp_read(struct kvm *kvm, struct tdp_iter *iter, struct kvm_mmu_page *sp);
bool tdp_mmu_iter_cond_resched_read(struct kvm *kvm, struct tdp_iter *iter);
bool tdp_mmu_iter_cond_resched_write(struct kvm *kvm, struct tdp_iter *iter, bool flush);
struct kvm_mmu_page *tdp_mmu_alloc_sp(struct kvm_mmu_caches *caches,
				      const struct tdp_iter *iter);
void tdp_mmu_free_sp(struct kvm_mmu_page *sp);
void tdp_mmu_free_sp_rcu(struct rcu_head *head);
int tdp_mmu_split_huge_page_read(struct kvm *kvm, struct tdp_iter *iter,
				 struct kvm_mmu_page *sp);

/* tdp_range.c */
void kvm_tdp_mmu_wrprot_slot(struct kvm *kvm, const struct kvm_memory_slot *slot);
void kvm_tdp_mmu_clear_dirty_slot(struct kvm *kvm, const struct kvm_memory_slot *slot);
void kvm_tdp_mmu_clear_dirty_pt_masked(struct kvm *kvm, struct kvm_memory_slot *slot,
				       gfn_t gfn, unsigned long mask);
bool kvm_tdp_mmu_write_protect_gfn(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn);
bool kvm_tdp_mmu_age_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range);
bool kvm_tdp_mmu_test_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range);
int kvm_tdp_mmu_try_split_huge_pages(struct kvm *kvm, const struct kvm_memory_slot *slot);
void kvm_tdp_mmu_recover_huge_pages(struct kvm *kvm, const struct kvm_memory_slot *slot);

#endif
