// SPDX-License-Identifier: GPL-2.0-only
/* The TDP MMU: what is done to a range without unmapping it. */
#include "mmu_internal.h"
#include "fault.h"
#include "tdp.h"
#include "vm.h"

/*
 * Clear bits of a present entry and lose none that the CPU or a fault without a lock
 * sets meanwhile.
 */
static u64 tdp_mmu_clear_spte_bits(const struct tdp_iter *iter, u64 mask)
{
	u64 old_spte = iter->old_spte;

	while (!try_cmpxchg64(rcu_dereference(iter->sptep), &old_spte, old_spte & ~mask))
		;
	return old_spte;
}

static gfn_t slot_end(const struct kvm_memory_slot *slot)
{
	return slot->base_gfn + slot->npages;
}

static void clear_bits_in_slot_read(struct kvm *kvm, const struct kvm_memory_slot *slot,
				    struct kvm_mmu_page *root, bool dirty_bits)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct tdp_iter iter;

	lockdep_assert_held(&kvm->mmu_lock);
	rcu_read_lock();
	for_each_tdp_pte(iter, root, slot->base_gfn, slot_end(slot)) {
		u64 mask = SPTE_W;
retry:
		if (tdp_mmu_iter_cond_resched_read(kvm, &iter))
			continue;
		if (!is_shadow_present_pte(iter.old_spte) ||
		    !is_last_spte(iter.old_spte, iter.level))
			continue;
		/* The D bit of a large page says that some page was written, not which */
		if (dirty_bits && iter.level == PG_LEVEL_4K &&
		    !spte_ad_need_write_protect(iter.old_spte))
			mask = SPTE_D;
		if ((iter.old_spte & mask) &&
		    tdp_mmu_set_spte_read(kvm, &iter, iter.old_spte & ~mask))
			goto retry;
	}
	rcu_read_unlock();
}

/**
 * kvm_tdp_mmu_wrprot_slot() - let the next write to each page of a slot fault
 * @kvm: the VM
 * @slot: the slot
 *
 * For the dirty log: MMU_WRITABLE stays, and the flush may come after mmu_lock.  Needs
 * mmu_lock for read; may drop it.
 */
void kvm_tdp_mmu_wrprot_slot(struct kvm *kvm, const struct kvm_memory_slot *slot)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;

	lockdep_assert_held_read(&kvm->mmu_lock);
	for_each_valid_tdp_mmu_root_yield_safe(kvm, root)
		clear_bits_in_slot_read(kvm, slot, root, false);
}

/**
 * kvm_tdp_mmu_clear_dirty_slot() - let the next write to each page be seen
 * @kvm: the VM
 * @slot: the slot
 *
 * As kvm_tdp_mmu_wrprot_slot(), by D bits where there are any.  Needs mmu_lock for read;
 * may drop it.
 */
void kvm_tdp_mmu_clear_dirty_slot(struct kvm *kvm, const struct kvm_memory_slot *slot)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;

	lockdep_assert_held_read(&kvm->mmu_lock);
	for_each_valid_tdp_mmu_root_yield_safe(kvm, root)
		clear_bits_in_slot_read(kvm, slot, root, true);
}

static void clear_dirty_pt_masked(struct kvm_mmu_page *root, gfn_t gfn, unsigned long mask)
{
	struct tdp_iter iter;

	rcu_read_lock();
	for_each_tdp_pte(iter, root, gfn, gfn + BITS_PER_LONG) {
		u64 bits;

		if (!is_shadow_present_pte(iter.old_spte) || iter.level > PG_LEVEL_4K ||
		    !(mask & (1UL << (iter.gfn - gfn))))
			continue;
		bits = spte_ad_need_write_protect(iter.old_spte) ? SPTE_W : SPTE_D;
		if (iter.old_spte & bits)
			tdp_mmu_clear_spte_bits(&iter, bits);
	}
	rcu_read_unlock();
}

/**
 * kvm_tdp_mmu_clear_dirty_pt_masked() - start over with some pages of the dirty log
 * @kvm: the VM
 * @slot: their slot
 * @gfn: of the first bit of @mask
 * @mask: which pages
 *
 * Needs mmu_lock for write.  The flush may come later, before the log is given away.
 */
void kvm_tdp_mmu_clear_dirty_pt_masked(struct kvm *kvm, struct kvm_memory_slot *slot,
				       gfn_t gfn, unsigned long mask)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;

	lockdep_assert_held_write(&kvm->mmu_lock);
	WARN_ON_ONCE(gfn < slot->base_gfn || gfn >= slot_end(slot));
	for_each_valid_tdp_mmu_root_yield_safe(kvm, root)
		clear_dirty_pt_masked(root, gfn, mask);
}

static bool write_protect_gfn(struct kvm *kvm, struct kvm_mmu_page *root, gfn_t gfn)
	__must_hold(&kvm->mmu_lock)
{
	struct tdp_iter iter;
	bool flush = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	rcu_read_lock();
	for_each_tdp_pte(iter, root, gfn, gfn + 1) {
		u64 new_spte = iter.old_spte & ~(SPTE_W | SPTE_MMU_WRITABLE);

		if (!is_shadow_present_pte(iter.old_spte) ||
		    !is_last_spte(iter.old_spte, iter.level) || new_spte == iter.old_spte)
			continue;
		tdp_mmu_set_spte_write(kvm, &iter, new_spte);
		flush |= leaf_spte_change_needs_tlb_flush(iter.old_spte, new_spte);
	}
	rcu_read_unlock();
	return flush;
}

/**
 * kvm_tdp_mmu_write_protect_gfn() - forbid writes, since the gfn is a page table
 * @kvm: the VM
 * @slot: the slot of @gfn
 * @gfn: the gfn
 *
 * Needs mmu_lock for write.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool kvm_tdp_mmu_write_protect_gfn(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;
	bool flush = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	WARN_ON_ONCE(gfn < slot->base_gfn || gfn >= slot_end(slot));
	for_each_tdp_mmu_root_yield_safe(kvm, root)
		flush |= write_protect_gfn(kvm, root, gfn);
	return flush;
}

static bool age_range(struct kvm *kvm, struct kvm_mmu_page *root, struct kvm_gfn_range *range)
	__must_hold(&kvm->mmu_lock)
{
	struct tdp_iter iter;
	bool young = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	rcu_read_lock();
	for_each_tdp_pte(iter, root, range->start, range->end) {
		if (!is_shadow_present_pte(iter.old_spte) ||
		    !is_last_spte(iter.old_spte, iter.level) || !is_accessed_spte(iter.old_spte))
			continue;
		if (spte_ad_enabled(iter.old_spte))
			tdp_mmu_clear_spte_bits(&iter, SPTE_A);
		else
			tdp_mmu_set_spte_write(kvm, &iter,
					       mark_spte_for_access_track(iter.old_spte));
		young = true;
	}
	rcu_read_unlock();
	return young;
}

/**
 * kvm_tdp_mmu_age_gfn_range() - was the range accessed; forget it
 * @kvm: the VM
 * @range: the range
 *
 * No flush, see kvm_mmu_notifier_clear_young().  Needs mmu_lock for write.
 *
 * Return: whether anything of it was accessed since the last time.
 */
bool kvm_tdp_mmu_age_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;
	bool young = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for_each_tdp_mmu_root_yield_safe(kvm, root)
		young |= age_range(kvm, root, range);
	return young;
}

/**
 * kvm_tdp_mmu_test_age_gfn() - was the range accessed, in the TDP MMU
 * @kvm: the VM
 * @range: the range, in gfns
 *
 * Needs mmu_lock for write.
 *
 * Return: whether anything of it was accessed since kvm_tdp_mmu_age_gfn_range().
 */
bool kvm_tdp_mmu_test_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;
	struct tdp_iter iter;
	bool young = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for_each_tdp_mmu_root_yield_safe(kvm, root) {
		rcu_read_lock();
		for_each_tdp_pte(iter, root, range->start, range->end)
			young |= is_shadow_present_pte(iter.old_spte) &&
				 is_last_spte(iter.old_spte, iter.level) &&
				 is_accessed_spte(iter.old_spte);
		rcu_read_unlock();
	}
	return young;
}

/* Fill @caches without mmu_lock.  The walk must then go on to its next step at once. */
static int topup_without_lock_read(struct kvm *kvm, struct tdp_iter *iter,
				   struct kvm_mmu_caches *caches)
	__must_hold_shared(&kvm->mmu_lock)
{
	int r;

	lockdep_assert_held(&kvm->mmu_lock);
	rcu_read_unlock();
	read_unlock(&kvm->mmu_lock);
	r = kvm_mmu_topup_caches(caches);
	read_lock(&kvm->mmu_lock);
	rcu_read_lock();
	iter->yielded = true;
	return r;
}

static int split_huge_pages_in_root(struct kvm *kvm, const struct kvm_memory_slot *slot,
				    struct kvm_mmu_page *root)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_caches *caches = &kvm->arch.split_caches;
	struct kvm_mmu_page *sp;
	struct tdp_iter iter;
	int r = 0;

	lockdep_assert_held(&kvm->mmu_lock);
	rcu_read_lock();
	for_each_tdp_pte_min_level(iter, root, PG_LEVEL_2M, slot->base_gfn, slot_end(slot)) {
retry:
		if (tdp_mmu_iter_cond_resched_read(kvm, &iter))
			continue;
		if (!is_shadow_present_pte(iter.old_spte) || !is_large_pte(iter.old_spte))
			continue;
		if (!caches->header.nobjs || !caches->table.nobjs) {
			r = topup_without_lock_read(kvm, &iter, caches);
			if (r)
				break;
			continue;
		}
		sp = tdp_mmu_alloc_sp(caches, &iter);
		if (tdp_mmu_split_huge_page_read(kvm, &iter, sp)) {
			/* Somebody else was faster: look again */
			tdp_mmu_free_sp(sp);
			goto retry;
		}
	}
	rcu_read_unlock();
	return r;
}

/**
 * kvm_tdp_mmu_try_split_huge_pages() - map a slot by 4K pages
 * @kvm: the VM
 * @slot: the slot
 *
 * So that the dirty log need not do it in faults.  Needs slots_lock, for its memory, and
 * mmu_lock for read, which it drops to allocate.
 *
 * Return: 0 or -ENOMEM, and some pages are then still large.
 */
int kvm_tdp_mmu_try_split_huge_pages(struct kvm *kvm, const struct kvm_memory_slot *slot)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;
	int r = 0;

	lockdep_assert_held(&kvm->slots_lock);
	lockdep_assert_held_read(&kvm->mmu_lock);
	for_each_valid_tdp_mmu_root_yield_safe(kvm, root) {
		if (!r)
			r = split_huge_pages_in_root(kvm, slot, root);
	}
	return r;
}

static void recover_huge_pages_in_root(struct kvm *kvm, const struct kvm_memory_slot *slot,
				       struct kvm_mmu_page *root)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct tdp_iter iter;

	lockdep_assert_held(&kvm->mmu_lock);
	rcu_read_lock();
	for_each_tdp_pte_min_level(iter, root, PG_LEVEL_2M, slot->base_gfn, slot_end(slot)) {
retry:
		if (tdp_mmu_iter_cond_resched_read(kvm, &iter))
			continue;
		if (iter.level > PG_LEVEL_2M || !is_shadow_present_pte(iter.old_spte) ||
		    is_large_pte(iter.old_spte) || iter.gfn < slot->base_gfn ||
		    iter.gfn + KVM_PAGES_PER_HPAGE(iter.level) > slot_end(slot))
			continue;
		if (kvm_mmu_max_mapping_level(kvm, slot, iter.gfn, PG_LEVEL_2M) < iter.level)
			continue;
		/* The next fault maps the whole; the same page, so no window is needed */
		if (tdp_mmu_zap_spte_read(kvm, &iter))
			goto retry;
	}
	rcu_read_unlock();
}

/**
 * kvm_tdp_mmu_recover_huge_pages() - let large pages come back
 * @kvm: the VM
 * @slot: a slot whose dirty log was switched off
 *
 * Needs mmu_lock for read; may drop it.
 */
void kvm_tdp_mmu_recover_huge_pages(struct kvm *kvm, const struct kvm_memory_slot *slot)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;

	lockdep_assert_held_read(&kvm->mmu_lock);
	for_each_valid_tdp_mmu_root_yield_safe(kvm, root)
		recover_huge_pages_in_root(kvm, slot, root);
}
