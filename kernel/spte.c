// SPDX-License-Identifier: GPL-2.0-only
/* How an entry of a page table is made and changed. */
#include "mmu_internal.h"
#include "dirty.h"
#include "memslot.h"
#include "spte.h"
#include "unsync.h"

/**
 * spte_has_volatile_bits() - may the entry change under a holder of mmu_lock for write
 * @spte: the entry
 *
 * A fault without the lock may set W or give R and X back; the CPU may set A, and D
 * where it can write.  Such an entry must be exchanged atomically, or what they set
 * is lost.  A value is looked at: needs no lock.
 *
 * Return: true if it may.
 */
bool spte_has_volatile_bits(u64 spte)
{
	if (!is_shadow_present_pte(spte))
		return false;
	if (!is_writable_pte(spte) && is_mmu_writable_spte(spte))
		return true;
	if (is_access_track_spte(spte))
		return true;
	if (!spte_ad_enabled(spte))
		return false;
	return !(spte & SPTE_A) || (is_writable_pte(spte) && !(spte & SPTE_D));
}

/**
 * mark_spte_for_access_track() - forget that there was an access
 * @spte: the entry
 *
 * Without A bits: take R and X away and remember them: the next access faults.
 * A value is computed, and nothing is changed: needs no lock.
 *
 * Return: the entry as it should be.
 */
u64 mark_spte_for_access_track(u64 spte)
{
	if (spte_ad_enabled(spte))
		return spte & ~SPTE_A;
	if (is_access_track_spte(spte))
		return spte;
	spte &= ~SPTE_SAVED_MASK;
	spte |= (spte & (SPTE_R | SPTE_X)) << SPTE_SAVED_SHIFT;
	return spte & ~(SPTE_R | SPTE_W | SPTE_X);
}

/**
 * restore_acc_track_spte() - give back what access tracking took away
 * @spte: the entry
 *
 * A value is computed, and nothing is changed: needs no lock.
 *
 * Return: the entry as it should be.
 */
u64 restore_acc_track_spte(u64 spte)
{
	u64 saved = (spte & SPTE_SAVED_MASK) >> SPTE_SAVED_SHIFT;

	return (spte & ~SPTE_SAVED_MASK) | saved;
}

/**
 * make_nonleaf_spte() - the entry that leads to a table
 * @child_pt: the table
 * @ad_disabled: the CPU sets no A
 *
 * A value is computed, and nothing is changed: needs no lock.
 *
 * Return: the entry.
 */
u64 make_nonleaf_spte(u64 *child_pt, bool ad_disabled)
{
	u64 spte = SPTE_MMU_PRESENT | SPTE_R | SPTE_W | SPTE_X | __pa(child_pt);

	return spte | (ad_disabled ? SPTE_AD_DISABLED : SPTE_A);
}

/**
 * make_small_spte() - one of the entries that together map what a large one does
 * @large_spte: the large one
 * @large_level: its level
 * @index: which of the small ones
 * @exec: let it be executable, since it is no huge page any more
 *
 * Translates as @large_spte does, so that nothing has to be flushed.  A value is
 * computed, and nothing is changed: needs no lock.
 *
 * Return: the entry.
 */
u64 make_small_spte(u64 large_spte, int large_level, int index, bool exec)
{
	u64 spte = large_spte + ((KVM_PAGES_PER_HPAGE(large_level - 1) * index) << PAGE_SHIFT);

	if (large_level - 1 == PG_LEVEL_4K) {
		spte &= ~SPTE_PS;
		if (exec)
			spte |= is_access_track_spte(spte) ? SPTE_X << SPTE_SAVED_SHIFT : SPTE_X;
	}
	return spte;
}

/* All of the entry for a fault but the leave to write. */
static u64 make_readonly_spte(const struct kvm_page_fault *fault, const struct kvm_mmu_page *sp,
			      kvm_pfn_t pfn, int level)
{
	u64 spte = SPTE_MMU_PRESENT | SPTE_R | ((u64)pfn << PAGE_SHIFT);

	if (sp->role.ad_disabled)
		spte |= SPTE_AD_DISABLED;
	else if (sp->role.guest_mode)
		spte |= SPTE_AD_WRPROT_ONLY;
	if (spte_ad_enabled(spte) && !fault->prefetch)
		spte |= SPTE_A;
	if ((fault->access & ACC_EXEC_MASK) &&
	    (level == PG_LEVEL_4K || !fault->nx_huge_page_workaround_enabled))
		spte |= SPTE_X;
	if (level > PG_LEVEL_4K)
		spte |= SPTE_PS;
	if (fault->map_writable)
		spte |= SPTE_HOST_WRITABLE;
	return spte;
}

/* What is not written yet must not look dirty in the log, nor stay unseen when it is. */
static u64 log_writable_spte(const struct kvm_page_fault *fault, gfn_t gfn, u64 spte)
{
	if (!kvm_slot_dirty_track_enabled(fault->slot))
		return spte;
	if (fault->write)
		mark_page_dirty_in_slot(fault->slot, gfn);
	else if (spte_ad_need_write_protect(spte))
		spte &= ~SPTE_W;
	return spte;
}

/**
 * make_spte() - the entry for a fault
 * @kvm: the VM
 * @fault: what is mapped: slot, access, and whether the host lets it be written
 * @sp: the page table that the entry goes to
 * @gfn: of the entry; for a large one, the first
 * @pfn: of @gfn
 * @level: of @sp
 * @new_spte: receives the entry
 *
 * Needs mmu_lock, in any mode.
 *
 * Return: true if the entry is not writable because the gfn is a page table that is
 * shadowed and must stay in step.
 */
bool make_spte(struct kvm *kvm, const struct kvm_page_fault *fault, struct kvm_mmu_page *sp,
	       gfn_t gfn, kvm_pfn_t pfn, int level, u64 *new_spte)
	__must_hold_shared(&kvm->mmu_lock)
{
	u64 spte = make_readonly_spte(fault, sp, pfn, level);
	bool wrprot = false;

	lockdep_assert_held(&kvm->mmu_lock);
	if ((fault->access & ACC_WRITE_MASK) && fault->map_writable) {
		/*
		 * The entry may become writable only after the shadow of the page, if
		 * there is one, says that it is out of sync.
		 */
		if (mmu_try_to_unsync_pages(kvm, fault->slot, gfn, fault->prefetch))
			wrprot = true;
		else
			spte = log_writable_spte(fault, gfn,
						 spte | SPTE_W | SPTE_MMU_WRITABLE);
	}
	if (spte_ad_enabled(spte) && fault->write && (spte & SPTE_W))
		spte |= SPTE_D;

	/* Nobody has accessed it: let the first access be seen */
	if (fault->prefetch && !spte_ad_enabled(spte))
		spte = mark_spte_for_access_track(spte);
	*new_spte = spte;
	return wrprot;
}

/**
 * kvm_mmu_page_init() - make a page table that nobody sees yet
 * @sp: its header
 * @spt: its entries, all empty
 * @gfn: the first gfn that it maps, or of the table that it shadows
 * @role: what it is
 *
 * Needs no lock.
 */
void kvm_mmu_page_init(struct kvm_mmu_page *sp, u64 *spt, gfn_t gfn,
		       union kvm_mmu_page_role role)
{
	sp->spt = spt;
	sp->gfn = gfn;
	sp->role = role;
	INIT_LIST_HEAD(&sp->link);
	INIT_LIST_HEAD(&sp->possible_nx_huge_page_link);
	set_page_private(virt_to_page(spt), (unsigned long)sp);
}
