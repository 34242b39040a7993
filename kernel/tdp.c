// SPDX-License-Identifier: GPL-2.0-only
/* The TDP MMU: map and zap. */
#include "mmu_internal.h"
#include "nx.h"
#include "tdp.h"
#include "fault.h"
#include "vm.h"

/* gfns that four levels of tables can map */
#define TDP_MAX_GFN	(1ULL << 36)

static int tdp_mmu_map_target(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault,
			      struct tdp_iter *iter)
	__must_hold_shared(&vcpu->kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = sptep_to_sp(rcu_dereference(iter->sptep));
	u64 old_spte = iter->old_spte, new_spte;
	struct kvm *kvm = vcpu->kvm;
	bool wrprot;

	lockdep_assert_held(&vcpu->kvm->mmu_lock);
	/*
	 * What is there was put there for an access, and knows more (dirty, accessed,
	 * writable) than a guess at the next one: leave it.
	 */
	if (is_shadow_present_pte(old_spte) && fault->prefetch)
		return RET_PF_SPURIOUS;
	if (is_shadow_present_pte(old_spte) && is_last_spte(old_spte, iter->level) &&
	    is_access_allowed(fault, old_spte))
		return RET_PF_SPURIOUS;

	wrprot = make_spte(kvm, fault, sp, iter->gfn, fault->pfn, iter->level, &new_spte);
	if (new_spte != old_spte) {
		if (tdp_mmu_set_spte_read(kvm, iter, new_spte))
			return RET_PF_RETRY;
		if (is_shadow_present_pte(old_spte) &&
		    (!is_last_spte(old_spte, iter->level) ||
		     leaf_spte_change_needs_tlb_flush(old_spte, new_spte)))
			kvm_flush_remote_tlbs_gfn(kvm, iter->gfn, iter->level);
	}
	if (wrprot && fault->write)
		return RET_PF_WRITE_PROTECTED;
	return new_spte == old_spte ? RET_PF_SPURIOUS : RET_PF_FIXED;
}

/* Put a table where the walk is; it splits the large page that may be there. */
static int tdp_mmu_install_table(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault,
				 struct tdp_iter *iter)
	__must_hold_shared(&vcpu->kvm->mmu_lock)
{
	bool nx = fault->huge_page_disallowed && fault->req_level >= iter->level;
	struct kvm *kvm = vcpu->kvm;
	struct kvm_mmu_page *sp;
	int r;

	lockdep_assert_held(&kvm->mmu_lock);
	sp = tdp_mmu_alloc_sp(&vcpu->arch.caches, iter);
	if (nx)
		sp->nx_huge_page_disallowed = true;
	if (is_shadow_present_pte(iter->old_spte))
		r = tdp_mmu_split_huge_page_read(kvm, iter, sp);
	else
		r = tdp_mmu_link_sp_read(kvm, iter, sp);
	if (r) {
		tdp_mmu_free_sp(sp);
		return r;
	}
	if (!nx)
		return 0;
	/* It may have been unlinked since: the flag, and with it the list, says so */
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	if (sp->nx_huge_page_disallowed)
		track_possible_nx_huge_page(kvm, sp);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	return 0;
}

/**
 * kvm_tdp_mmu_map() - map what a fault is about
 * @vcpu: whose root, and whose caches
 * @fault: the fault, with its pfn
 *
 * Runs in parallel with others.  Needs mmu_lock for read, and that is_page_fault_stale()
 * has said no since it was taken.
 *
 * Return: RET_PF_*
 */
int kvm_tdp_mmu_map(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
	__must_hold_shared(&vcpu->kvm->mmu_lock)
{
	struct kvm_mmu_page *root = root_to_sp(vcpu->arch.mmu->root);
	struct kvm *kvm = vcpu->kvm;
	struct tdp_iter iter;
	int ret = RET_PF_RETRY;

	lockdep_assert_held_read(&kvm->mmu_lock);
	/* Only now: the host's page size is as stale as the pfn until that was checked */
	kvm_mmu_hugepage_adjust(kvm, fault);

	rcu_read_lock();
	for_each_tdp_pte(iter, root, fault->gfn, fault->gfn + 1) {
		if (fault->nx_huge_page_workaround_enabled)
			disallowed_hugepage_adjust(fault, iter.old_spte, iter.level);
		if (is_frozen_spte(iter.old_spte))
			break;
		if (iter.level == fault->goal_level) {
			ret = tdp_mmu_map_target(vcpu, fault, &iter);
			break;
		}
		if (is_shadow_present_pte(iter.old_spte) && !is_large_pte(iter.old_spte))
			continue;
		if (tdp_mmu_install_table(vcpu, fault, &iter))
			break;
		iter.old_spte = kvm_tdp_mmu_read_spte(iter.sptep);
	}
	rcu_read_unlock();
	return ret;
}

/*
 * Zap the leafs of a range.  @flush says that translations are stale already; so does
 * what is returned.
 */
static bool tdp_mmu_zap_leafs(struct kvm *kvm, struct kvm_mmu_page *root, gfn_t start,
			      gfn_t end, bool flush)
	__must_hold(&kvm->mmu_lock)
{
	struct tdp_iter iter;

	lockdep_assert_held_write(&kvm->mmu_lock);
	rcu_read_lock();
	for_each_tdp_pte(iter, root, start, end) {
		if (tdp_mmu_iter_cond_resched_write(kvm, &iter, flush)) {
			flush = false;
			continue;
		}
		if (!is_shadow_present_pte(iter.old_spte) ||
		    !is_last_spte(iter.old_spte, iter.level))
			continue;
		tdp_mmu_set_spte_write(kvm, &iter, SHADOW_NONPRESENT_VALUE);
		flush = true;
	}
	/*
	 * Tables that went with a large entry are freed by RCU: the flush must come
	 * before a reader could miss them, and it does, in the same section of mmu_lock.
	 */
	rcu_read_unlock();
	return flush;
}

/**
 * kvm_tdp_mmu_unmap_gfn_range() - zap a range
 * @kvm: the VM
 * @range: what
 * @flush: translations are stale already
 *
 * In invalid roots too: a vCPU may be using one until it meets its request.  Needs
 * mmu_lock for write, and may drop it for a while.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool kvm_tdp_mmu_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range, bool flush)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for_each_tdp_mmu_root_yield_safe(kvm, root)
		flush = tdp_mmu_zap_leafs(kvm, root, range->start, range->end, flush);
	return flush;
}

static void tdp_mmu_zap_level_read(struct kvm *kvm, struct kvm_mmu_page *root, int level)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct tdp_iter iter;

	lockdep_assert_held(&kvm->mmu_lock);
	rcu_read_lock();
	for_each_tdp_pte_min_level(iter, root, level, (gfn_t)0, TDP_MAX_GFN) {
retry:
		if (tdp_mmu_iter_cond_resched_read(kvm, &iter))
			continue;
		if (!is_shadow_present_pte(iter.old_spte) || iter.level > level)
			continue;
		if (tdp_mmu_set_spte_read(kvm, &iter, SHADOW_NONPRESENT_VALUE))
			goto retry;
	}
	rcu_read_unlock();
}

/**
 * tdp_mmu_zap_root_read() - zap all of an invalid root
 * @kvm: the VM
 * @root: the root
 *
 * Its lower tables first: one entry of the root at once would hold up RCU for as long as
 * it takes to take down all below it.  Needs mmu_lock for read; may drop it.
 */
void tdp_mmu_zap_root_read(struct kvm *kvm, struct kvm_mmu_page *root)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held_read(&kvm->mmu_lock);
	WARN_ON_ONCE(!root->role.invalid);
	tdp_mmu_zap_level_read(kvm, root, PG_LEVEL_2M);
	tdp_mmu_zap_level_read(kvm, root, root->role.level);
}

/**
 * kvm_tdp_mmu_zap_sp() - zap the entry that points to a table
 * @kvm: the VM
 * @sp: the table; not a root
 *
 * Needs mmu_lock for write, and RCU: the table must not go while it is looked at.
 *
 * Return: true if a flush is owed before RCU or mmu_lock is dropped.
 */
bool kvm_tdp_mmu_zap_sp(struct kvm *kvm, struct kvm_mmu_page *sp)
	__must_hold(&kvm->mmu_lock)
{
	u64 old_spte;

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (WARN_ON_ONCE(!sp->ptep))
		return false;
	old_spte = kvm_tdp_mmu_read_spte(sp->ptep);
	if (WARN_ON_ONCE(!is_shadow_present_pte(old_spte)))
		return false;
	tdp_mmu_zap_spte_write(kvm, sp->ptep, old_spte, sp->gfn, sp->role.level + 1);
	return true;
}

/**
 * kvm_tdp_mmu_fast_pf_get_last_sptep() - the leaf of a gfn, without mmu_lock
 * @vcpu: whose root
 * @gfn: the gfn
 * @spte: receives its value
 *
 * Needs an RCU read section, and the entry is there as long as that.
 *
 * Return: the entry, or NULL.
 */
tdp_ptep_t kvm_tdp_mmu_fast_pf_get_last_sptep(struct kvm_vcpu *vcpu, gfn_t gfn, u64 *spte)
{
	struct kvm_mmu_page *root = root_to_sp(vcpu->arch.mmu->root);
	tdp_ptep_t sptep = NULL;
	struct tdp_iter iter;

	for_each_tdp_pte(iter, root, gfn, gfn + 1) {
		*spte = iter.old_spte;
		sptep = iter.sptep;
	}
	return sptep;
}
