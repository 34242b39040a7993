// SPDX-License-Identifier: GPL-2.0-only
/*
 * No executable huge pages: a large page that is executed is split, and the tables that
 * this made are remembered, to be taken back when the guest no longer executes there.
 */
#include "mmu_internal.h"
#include "nx.h"
#include "shadow.h"
#include "tdp.h"
#include "vm.h"
#include "zap.h"

static void lockdep_assert_nx_list(struct kvm *kvm)
{
	lockdep_assert_once(lockdep_is_held_type(&kvm->mmu_lock, 0) ||
			    (lockdep_is_held(&kvm->mmu_lock) &&
			     lockdep_is_held(&kvm->arch.tdp_mmu_pages_lock)));
}

/**
 * track_possible_nx_huge_page() - put a table on the list of those to take back
 * @kvm: the VM
 * @sp: the table, which may be there already
 *
 * Needs mmu_lock for write, or in any mode with tdp_mmu_pages_lock.
 */
void track_possible_nx_huge_page(struct kvm *kvm, struct kvm_mmu_page *sp)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	lockdep_assert_nx_list(kvm);
	if (list_empty(&sp->possible_nx_huge_page_link))
		list_add_tail(&sp->possible_nx_huge_page_link,
			      &kvm->arch.possible_nx_huge_pages);
}

/**
 * untrack_possible_nx_huge_page() - take a table off that list
 * @kvm: the VM
 * @sp: the table, which may be on no list
 *
 * Needs mmu_lock for write, or in any mode with tdp_mmu_pages_lock.
 */
void untrack_possible_nx_huge_page(struct kvm *kvm, struct kvm_mmu_page *sp)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	lockdep_assert_nx_list(kvm);
	list_del_init(&sp->possible_nx_huge_page_link);
}

/**
 * account_nx_huge_page_write() - remember a table of the shadow MMU, if it is one of those
 * @kvm: the VM
 * @fault: the fault that linked it
 * @sp: the table
 *
 * Needs mmu_lock for write.
 */
void account_nx_huge_page_write(struct kvm *kvm, const struct kvm_page_fault *fault,
				struct kvm_mmu_page *sp)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!fault->huge_page_disallowed || fault->req_level <= sp->role.level)
		return;
	sp->nx_huge_page_disallowed = true;
	track_possible_nx_huge_page(kvm, sp);
}

/**
 * disallowed_hugepage_adjust() - lower the level of a fault
 * @fault: the fault; its level and pfn change
 * @spte: the entry that the walk is at
 * @cur_level: its level
 *
 * A page above was split because the guest executes below: do not put the large page
 * back for the next read, only to split it again.  Needs mmu_lock in any mode.
 */
void disallowed_hugepage_adjust(struct kvm_page_fault *fault, u64 spte, int cur_level)
{
	if (cur_level == PG_LEVEL_4K || cur_level != fault->goal_level ||
	    !is_shadow_present_pte(spte) || is_large_pte(spte) ||
	    !READ_ONCE(spte_to_child_sp(spte)->nx_huge_page_disallowed))
		return;
	fault->goal_level--;
	fault->pfn |= fault->gfn & (KVM_PAGES_PER_HPAGE(cur_level) - 1);
}

/**
 * kvm_recover_nx_huge_pages() - take tables back, so that large pages can return
 * @kvm: the VM
 * @max: number of tables
 *
 * No window: the same page is mapped again by the next fault.  Takes kvm->srcu and
 * mmu_lock.
 */
void kvm_recover_nx_huge_pages(struct kvm *kvm, int max)
{
	struct kvm_mmu_page *sp;
	LIST_HEAD(invalid_list);
	bool flush = false;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	write_lock(&kvm->mmu_lock);
	/* Tables of the TDP MMU: freed by RCU, and not before the flush */
	rcu_read_lock();
	for (; max && !list_empty(&kvm->arch.possible_nx_huge_pages); max--) {
		sp = list_first_entry(&kvm->arch.possible_nx_huge_pages, struct kvm_mmu_page,
				      possible_nx_huge_page_link);
		if (sp->tdp_mmu_page)
			flush |= kvm_tdp_mmu_zap_sp(kvm, sp);
		else
			kvm_mmu_prepare_zap_page(kvm, sp, &invalid_list);
		if (!need_resched() && !rwlock_needbreak(&kvm->mmu_lock))
			continue;
		kvm_mmu_remote_flush_or_zap(kvm, &invalid_list, flush);
		flush = false;
		rcu_read_unlock();
		cond_resched_rwlock_write(&kvm->mmu_lock);
		rcu_read_lock();
	}
	kvm_mmu_remote_flush_or_zap(kvm, &invalid_list, flush);
	rcu_read_unlock();
	write_unlock(&kvm->mmu_lock);
	srcu_read_unlock(&kvm->srcu, idx);
}

/**
 * kvm_set_nx_huge_pages() - switch the workaround
 * @kvm: the VM
 * @on: forbid executable huge pages
 *
 * Takes slots_lock; called with nothing held.
 */
void kvm_set_nx_huge_pages(struct kvm *kvm, bool on)
{
	mutex_lock(&kvm->slots_lock);
	WRITE_ONCE(kvm->arch.nx_huge_pages, on);
	/* A fault that saw the old value maps into a root that is on its way out */
	kvm_mmu_zap_all_fast(kvm);
	mutex_unlock(&kvm->slots_lock);
}
