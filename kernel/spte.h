/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One entry of a page table.
 *
 * The CPU reads R, W, X, PS and the address, and sets A and D.  The rest is ours:
 *
 *	MMU_PRESENT	the entry maps something, whatever R, W and X say
 *	HOST_WRITABLE	the host lets the page be written
 *	MMU_WRITABLE	so does the MMU: no write tracking.  With both, a clear W is the
 *			dirty log's doing and may be set without mmu_lock
 *	AD_DISABLED	A and D mean nothing: access is tracked by taking R and X away
 *	AD_WRPROT_ONLY	D says nothing about gfns: the dirty log must clear W instead
 *	SAVED_R, _X	what access tracking took away
 */
#ifndef MMU_SPTE_H
#define MMU_SPTE_H

#define SPTE_R			BIT_ULL(0)
#define SPTE_W			BIT_ULL(1)
#define SPTE_X			BIT_ULL(2)
#define SPTE_PS			BIT_ULL(7)
#define SPTE_A			BIT_ULL(8)
#define SPTE_D			BIT_ULL(9)
#define SPTE_MMU_PRESENT	BIT_ULL(11)
#define SPTE_PFN_MASK		GENMASK_ULL(51, 12)
#define SPTE_AD_DISABLED	BIT_ULL(52)
#define SPTE_AD_WRPROT_ONLY	BIT_ULL(53)
#define SPTE_SAVED_SHIFT	54
#define SPTE_SAVED_MASK		((SPTE_R | SPTE_X) << SPTE_SAVED_SHIFT)
#define SPTE_HOST_WRITABLE	BIT_ULL(57)
#define SPTE_MMU_WRITABLE	BIT_ULL(58)

#define SHADOW_NONPRESENT_VALUE	0ULL

/*
 * An entry that somebody is about to take away: not present for the CPU, and nobody
 * else may put something there until the owner has flushed and written the last value.
 */
#define FROZEN_SPTE		BIT_ULL(60)

static inline bool is_frozen_spte(u64 spte)
{
	return spte == FROZEN_SPTE;
}

static inline bool is_shadow_present_pte(u64 spte)
{
	return spte & SPTE_MMU_PRESENT;
}

static inline bool is_large_pte(u64 spte)
{
	return spte & SPTE_PS;
}

static inline bool is_last_spte(u64 spte, int level)
{
	return level == PG_LEVEL_4K || is_large_pte(spte);
}

static inline kvm_pfn_t spte_to_pfn(u64 spte)
{
	return (spte & SPTE_PFN_MASK) >> PAGE_SHIFT;
}

static inline bool is_writable_pte(u64 spte)
{
	return spte & SPTE_W;
}

static inline bool is_mmu_writable_spte(u64 spte)
{
	return spte & SPTE_MMU_WRITABLE;
}

static inline bool spte_ad_enabled(u64 spte)
{
	return !(spte & SPTE_AD_DISABLED);
}

/* Is W, and not D, what the dirty log must clear */
static inline bool spte_ad_need_write_protect(u64 spte)
{
	return spte & (SPTE_AD_DISABLED | SPTE_AD_WRPROT_ONLY);
}

static inline bool is_access_track_spte(u64 spte)
{
	return !spte_ad_enabled(spte) && is_shadow_present_pte(spte) &&
	       !(spte & (SPTE_R | SPTE_X));
}

static inline bool is_accessed_spte(u64 spte)
{
	return spte_ad_enabled(spte) ? spte & SPTE_A : !is_access_track_spte(spte);
}

/*
 * leaf_spte_change_needs_tlb_flush - must stale translations go before mmu_lock does
 *
 * What decides is MMU_WRITABLE, and not W.  The dirty log leaves writable translations
 * in TLBs behind for a while, so the old entry may be read-only and still be cached as
 * writable: fine for the log, fatal if the page is write-protected because it is a page
 * table that is shadowed.
 */
static inline bool leaf_spte_change_needs_tlb_flush(u64 old_spte, u64 new_spte)
{
	return is_mmu_writable_spte(old_spte) && !is_mmu_writable_spte(new_spte);
}

static inline struct kvm_mmu_page *to_shadow_page(hpa_t hpa)
{
	return (struct kvm_mmu_page *)page_private(pfn_to_page(hpa >> PAGE_SHIFT));
}

static inline struct kvm_mmu_page *spte_to_child_sp(u64 spte)
{
	return to_shadow_page(spte & SPTE_PFN_MASK);
}

static inline struct kvm_mmu_page *sptep_to_sp(u64 *sptep)
{
	return to_shadow_page((hpa_t)__pa(sptep));
}

static inline struct kvm_mmu_page *root_to_sp(hpa_t root)
{
	return VALID_PAGE(root) ? to_shadow_page(root) : NULL;
}

static inline int spte_index(u64 address_page, int level)
{
	return (address_page >> (9 * (level - 1))) & (PTES_PER_TABLE - 1);
}

bool spte_has_volatile_bits(u64 spte);
u64 mark_spte_for_access_track(u64 spte);
u64 restore_acc_track_spte(u64 spte);
u64 make_nonleaf_spte(u64 *child_pt, bool ad_disabled);
u64 make_small_spte(u64 large_spte, int large_level, int index, bool exec);
bool make_spte(struct kvm *kvm, const struct kvm_page_fault *fault, struct kvm_mmu_page *sp,
	       gfn_t gfn, kvm_pfn_t pfn, int level, u64 *new_spte);
void kvm_mmu_page_init(struct kvm_mmu_page *sp, u64 *spt, gfn_t gfn,
		       union kvm_mmu_page_role role);

#endif
