// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every change of an entry of the TDP MMU, and what a change leads to.  Holders of
 * mmu_lock for read change entries by compare-and-exchange, so that one of two faults on
 * one gfn loses and starts again.
 */
#include "mmu_internal.h"
#include "nx.h"
#include "tdp.h"
#include "vm.h"

static void handle_changed_spte(struct kvm *kvm, gfn_t gfn, u64 old_spte, u64 new_spte,
				int level);

/**
 * tdp_mmu_free_sp() - free a table that no reader can be in
 * @sp: the table
 *
 * Needs no lock.
 */
void tdp_mmu_free_sp(struct kvm_mmu_page *sp)
{
	free_page((unsigned long)sp->spt);
	kfree(sp);
}

/**
 * tdp_mmu_free_sp_rcu() - free a table
 * @head: its rcu_head
 *
 * Readers in an RCU section may have been in the table until now.  Called by RCU, with
 * no lock held.
 */
void tdp_mmu_free_sp_rcu(struct rcu_head *head)
{
	tdp_mmu_free_sp(container_of(head, struct kvm_mmu_page, rcu_head));
}

/**
 * tdp_mmu_alloc_sp() - a table for the entry that the walk is at
 * @caches: where its memory comes from
 * @iter: the walk
 *
 * Needs RCU, for the walk; what guards the caches is their owner's.
 *
 * Return: the table.
 */
struct kvm_mmu_page *tdp_mmu_alloc_sp(struct kvm_mmu_caches *caches, const struct tdp_iter *iter)
{
	struct kvm_mmu_page *sp = kvm_mmu_memory_cache_alloc(&caches->header);
	union kvm_mmu_page_role role = sptep_to_sp(rcu_dereference(iter->sptep))->role;

	role.level--;
	role.invalid = false;
	kvm_mmu_page_init(sp, kvm_mmu_memory_cache_alloc(&caches->table), iter->gfn, role);
	sp->ptep = iter->sptep;
	sp->tdp_mmu_page = true;
	return sp;
}

static void tdp_mmu_unlink_sp(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	atomic_long_dec(&kvm->arch.tdp_mmu_pages);
	/* Holders of mmu_lock for read link and unlink at the same time */
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	if (sp->nx_huge_page_disallowed) {
		sp->nx_huge_page_disallowed = false;
		untrack_possible_nx_huge_page(kvm, sp);
	}
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
}

/*
 * A table was unlinked.  Others may still be in it, and change its entries: each entry
 * is frozen, so that nothing is put there any more, and is then accounted for.
 */
static void handle_removed_pt(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	int level = sp->role.level, i;

	tdp_mmu_unlink_sp(kvm, sp);
	for (i = 0; i < PTES_PER_TABLE; i++) {
		gfn_t gfn = sp->gfn + i * KVM_PAGES_PER_HPAGE(level);
		u64 old_spte = xchg(&sp->spt[i], FROZEN_SPTE);

		/* Whoever has frozen the entry will write it once more: wait for that */
		while (is_frozen_spte(old_spte)) {
			cpu_relax();
			old_spte = xchg(&sp->spt[i], FROZEN_SPTE);
		}
		handle_changed_spte(kvm, gfn, old_spte, FROZEN_SPTE, level);
	}
	call_rcu(&sp->rcu_head, tdp_mmu_free_sp_rcu);
}

/* Follow a change up.  What changes nothing but bits of one translation ends at once. */
static void handle_changed_spte(struct kvm *kvm, gfn_t gfn, u64 old_spte, u64 new_spte,
				int level)
{
	bool was_present = is_shadow_present_pte(old_spte);
	bool is_present = is_shadow_present_pte(new_spte);
	bool was_leaf = was_present && is_last_spte(old_spte, level);
	bool is_leaf = is_present && is_last_spte(new_spte, level);
	bool pfn_changed = spte_to_pfn(old_spte) != spte_to_pfn(new_spte);

	if (old_spte == new_spte)
		return;
	/* A gfn gets another page only by a zap and a fault: caches in between would lie */
	WARN_ON_ONCE(was_leaf && is_leaf && pfn_changed);
	WARN_ON_ONCE(gfn & (KVM_PAGES_PER_HPAGE(level) - 1));
	if (was_present && !was_leaf && (is_leaf || !is_present || pfn_changed))
		handle_removed_pt(kvm, spte_to_child_sp(old_spte));
}

/**
 * tdp_mmu_set_spte_read() - change the entry that the walk is at
 * @kvm: the VM
 * @iter: the walk; its old_spte becomes what is there if that is something else
 * @new_spte: the new value
 *
 * Needs mmu_lock for read, and RCU.
 *
 * Return: 0, or -EBUSY if somebody else was faster.
 */
int tdp_mmu_set_spte_read(struct kvm *kvm, struct tdp_iter *iter, u64 new_spte)
	__must_hold_shared(&kvm->mmu_lock)
{
	u64 old_spte = iter->old_spte;

	lockdep_assert_held_read(&kvm->mmu_lock);
	WARN_ON_ONCE(iter->yielded);
	/* A frozen entry belongs to who froze it */
	if (is_frozen_spte(old_spte))
		return -EBUSY;
	if (!try_cmpxchg64(rcu_dereference(iter->sptep), &iter->old_spte, new_spte))
		return -EBUSY;
	handle_changed_spte(kvm, iter->gfn, old_spte, new_spte, iter->level);
	return 0;
}

/* Nothing is put there by others until the caller has written it once more. */
static int tdp_mmu_freeze_spte(struct kvm *kvm, struct tdp_iter *iter)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	return tdp_mmu_set_spte_read(kvm, iter, FROZEN_SPTE);
}

/**
 * tdp_mmu_zap_spte_read() - take an entry away, and its translations
 * @kvm: the VM
 * @iter: the walk that is at it
 *
 * Others may fault on the gfn at the same time.  The entry stays frozen until the flush
 * is over: nothing new is mapped there while old translations of it are left.
 * Needs mmu_lock for read, and RCU.
 *
 * Return: 0, or -EBUSY if somebody else was faster.
 */
int tdp_mmu_zap_spte_read(struct kvm *kvm, struct tdp_iter *iter)
	__must_hold_shared(&kvm->mmu_lock)
{
	int r;

	lockdep_assert_held_read(&kvm->mmu_lock);
	r = tdp_mmu_freeze_spte(kvm, iter);
	if (r)
		return r;
	kvm_flush_remote_tlbs_gfn(kvm, iter->gfn, iter->level);
	__kvm_tdp_mmu_write_spte(iter->sptep, SHADOW_NONPRESENT_VALUE);
	return 0;
}

static u64 tdp_mmu_set_sptep_write(struct kvm *kvm, tdp_ptep_t sptep, u64 old_spte,
				   u64 new_spte, gfn_t gfn, int level)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	WARN_ON_ONCE(is_frozen_spte(old_spte));
	old_spte = kvm_tdp_mmu_write_spte(sptep, old_spte, new_spte, level);
	handle_changed_spte(kvm, gfn, old_spte, new_spte, level);
	return old_spte;
}

/**
 * tdp_mmu_set_spte_write() - change the entry that the walk is at
 * @kvm: the VM
 * @iter: the walk
 * @new_spte: the new value
 *
 * Needs mmu_lock for write, and RCU.  The flush is up to the caller.
 */
void tdp_mmu_set_spte_write(struct kvm *kvm, struct tdp_iter *iter, u64 new_spte)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	WARN_ON_ONCE(iter->yielded);
	iter->old_spte = tdp_mmu_set_sptep_write(kvm, iter->sptep, iter->old_spte, new_spte,
						 iter->gfn, iter->level);
}

/**
 * tdp_mmu_zap_spte_write() - take an entry away, for who has it but no walk
 * @kvm: the VM
 * @sptep: the entry
 * @old_spte: its value
 * @gfn: the first gfn that it maps
 * @level: of its table
 *
 * Needs mmu_lock for write, and RCU.  The flush is up to the caller.
 *
 * Return: the value that was there.
 */
u64 tdp_mmu_zap_spte_write(struct kvm *kvm, tdp_ptep_t sptep, u64 old_spte, gfn_t gfn, int level)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	return tdp_mmu_set_sptep_write(kvm, sptep, old_spte, SHADOW_NONPRESENT_VALUE, gfn, level);
}

/**
 * tdp_mmu_link_sp_read() - put a table where the walk is
 * @kvm: the VM
 * @iter: the walk
 * @sp: the table, complete
 *
 * Needs mmu_lock for read, and RCU.
 *
 * Return: 0, or -EBUSY, and @sp is then still the caller's.
 */
int tdp_mmu_link_sp_read(struct kvm *kvm, struct tdp_iter *iter, struct kvm_mmu_page *sp)
	__must_hold_shared(&kvm->mmu_lock)
{
	u64 spte = make_nonleaf_spte(sp->spt, sp->role.ad_disabled);
	int r;

	lockdep_assert_held_read(&kvm->mmu_lock);
	/* Counted before it can be found, since who finds it may zap it at once */
	atomic_long_inc(&kvm->arch.tdp_mmu_pages);
	r = tdp_mmu_set_spte_read(kvm, iter, spte);
	if (r)
		atomic_long_dec(&kvm->arch.tdp_mmu_pages);
	return r;
}

/**
 * tdp_mmu_split_huge_page_read() - map with a table what one entry maps
 * @kvm: the VM
 * @iter: the walk that is at a large entry
 * @sp: an empty table
 *
 * No flush: the translations stay what they were.  Needs mmu_lock for read, and RCU.
 *
 * Return: 0, or -EBUSY, and @sp is then still the caller's.
 */
int tdp_mmu_split_huge_page_read(struct kvm *kvm, struct tdp_iter *iter, struct kvm_mmu_page *sp)
	__must_hold_shared(&kvm->mmu_lock)
{
	int i;

	lockdep_assert_held(&kvm->mmu_lock);
	/* Nobody sees the table before it is linked */
	for (i = 0; i < PTES_PER_TABLE; i++)
		sp->spt[i] = make_small_spte(iter->old_spte, iter->level, i, true);
	return tdp_mmu_link_sp_read(kvm, iter, sp);
}

/*
 * Who has made no step since the last yield must make one before the next, or two
 * walks could yield to each other for ever.
 */
static bool tdp_mmu_iter_need_resched(struct kvm *kvm, const struct tdp_iter *iter)
{
	if (iter->next_last_level_gfn == iter->yielded_gfn)
		return false;
	return need_resched() || rwlock_needbreak(&kvm->mmu_lock);
}

/**
 * tdp_mmu_iter_cond_resched_read() - drop mmu_lock if somebody wants it
 * @kvm: the VM
 * @iter: the walk, which must then go on to the next step at once
 *
 * Nothing to flush: those that change entries under mmu_lock for read flush at once.
 *
 * Return: true if the lock was dropped.
 */
bool tdp_mmu_iter_cond_resched_read(struct kvm *kvm, struct tdp_iter *iter)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held_read(&kvm->mmu_lock);
	WARN_ON_ONCE(iter->yielded);
	if (!tdp_mmu_iter_need_resched(kvm, iter))
		return false;
	rcu_read_unlock();
	cond_resched_rwlock_read(&kvm->mmu_lock);
	rcu_read_lock();
	iter->yielded = true;
	return true;
}

/**
 * tdp_mmu_iter_cond_resched_write() - drop mmu_lock if somebody wants it
 * @kvm: the VM
 * @iter: the walk, which must then go on to the next step at once
 * @flush: translations were zapped that may still be cached: flush before the drop
 *
 * Return: true if the lock was dropped, and @flush is then done.
 */
bool tdp_mmu_iter_cond_resched_write(struct kvm *kvm, struct tdp_iter *iter, bool flush)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	WARN_ON_ONCE(iter->yielded);
	if (!tdp_mmu_iter_need_resched(kvm, iter))
		return false;
	/* Without the lock, the pages behind stale translations may be given away */
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	rcu_read_unlock();
	cond_resched_rwlock_write(&kvm->mmu_lock);
	rcu_read_lock();
	iter->yielded = true;
	return true;
}
