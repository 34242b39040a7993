// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reverse maps of the shadow MMU: which SPTEs map a gfn.  Read under mmu_lock in any
 * mode, changed under mmu_lock for write.
 */
#include "mmu_internal.h"
#include "memslot.h"
#include "rmap.h"
#include "spte.h"
#include "vm.h"

/**
 * pte_list_add() - add an SPTE to a reverse map
 * @caches: where the memory comes from
 * @head: the map
 * @sptep: the SPTE, which is not in it
 *
 * Needs mmu_lock for write.
 */
void pte_list_add(struct kvm_mmu_caches *caches, struct kvm_rmap_head *head, u64 *sptep)
{
	struct pte_list_desc *desc = head->list;

	if (!desc || desc->nr == PTE_LIST_LEN) {
		desc = kvm_mmu_memory_cache_alloc(&caches->desc);
		desc->more = head->list;
		desc->nr = 0;
		head->list = desc;
	}
	desc->sptes[desc->nr++] = sptep;
}

/**
 * pte_list_remove() - take an SPTE out of a reverse map
 * @head: the map
 * @sptep: the SPTE, which is in it
 *
 * The last pointer of the first block takes the place of the one that goes.
 * Needs mmu_lock for write.
 */
void pte_list_remove(struct kvm_rmap_head *head, u64 *sptep)
{
	struct pte_list_desc *first = head->list, *desc;
	int i;

	for_each_rmap_spte(head, desc, i) {
		if (desc->sptes[i] != sptep)
			continue;
		desc->sptes[i] = first->sptes[--first->nr];
		if (!first->nr) {
			head->list = first->more;
			kfree(first);
		}
		return;
	}
	WARN_ON_ONCE(1);
}

/**
 * gfn_to_rmap() - the reverse map of a gfn
 * @slot: its slot, which has maps
 * @gfn: the gfn
 * @level: PG_LEVEL_4K or PG_LEVEL_2M
 *
 * What is in it needs mmu_lock.
 *
 * Return: the map.
 */
struct kvm_rmap_head *gfn_to_rmap(const struct kvm_memory_slot *slot, gfn_t gfn, int level)
{
	if (level == PG_LEVEL_4K)
		return &slot->rmap[0][gfn_to_index(slot, gfn)];
	return &slot->rmap[1][gfn_to_lpage(slot, gfn)];
}

/**
 * kvm_memslots_have_rmaps() - may something be mapped by the shadow MMU
 * @kvm: the VM
 *
 * Needs no lock.  Pairs with the release in mmu_first_shadow_root_alloc().
 *
 * Return: true once the maps are there, and for good.
 */
bool kvm_memslots_have_rmaps(struct kvm *kvm)
{
	return smp_load_acquire(&kvm->arch.shadow_root_allocated);
}

/**
 * kvm_mmu_page_get_gfn() - what an entry maps
 * @sp: its page
 * @index: its index there
 *
 * Needs mmu_lock in any mode.
 *
 * Return: the first gfn.
 */
gfn_t kvm_mmu_page_get_gfn(const struct kvm_mmu_page *sp, int index)
{
	if (sp->role.direct)
		return sp->gfn + index * KVM_PAGES_PER_HPAGE(sp->role.level);
	return sp->shadowed[index] >> PAGE_SHIFT;
}

/**
 * rmap_add() - remember who maps a gfn
 * @kvm: the VM
 * @caches: where the memory comes from
 * @slot: the slot of @gfn
 * @sptep: the entry
 * @gfn: the first gfn that it maps
 * @access: ACC_* that the guest gave
 *
 * Needs mmu_lock for write.
 */
void rmap_add(struct kvm *kvm, struct kvm_mmu_caches *caches, struct kvm_memory_slot *slot,
	      u64 *sptep, gfn_t gfn, u32 access)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = sptep_to_sp(sptep);
	int index = sptep - sp->spt;

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!sp->role.direct)
		sp->shadowed[index] = gfn_to_gpa(gfn) | access;
	pte_list_add(caches, gfn_to_rmap(slot, gfn, sp->role.level), sptep);
}

static u64 mmu_spte_exchange(u64 *sptep, u64 new_spte)
{
	u64 old_spte = READ_ONCE(*sptep);

	/* The CPU, or a fault without a lock, may set a bit just now */
	if (spte_has_volatile_bits(old_spte))
		return xchg(sptep, new_spte);
	WRITE_ONCE(*sptep, new_spte);
	return old_spte;
}

/**
 * mmu_spte_update() - change a leaf that stays
 * @sptep: the entry
 * @new_spte: its new value
 *
 * Needs mmu_lock for write.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool mmu_spte_update(u64 *sptep, u64 new_spte)
{
	u64 old_spte = mmu_spte_exchange(sptep, new_spte);

	WARN_ON_ONCE(spte_to_pfn(old_spte) != spte_to_pfn(new_spte));
	return leaf_spte_change_needs_tlb_flush(old_spte, new_spte);
}

/**
 * rmap_drop_spte() - take a leaf of the shadow MMU away
 * @kvm: the VM
 * @sptep: the entry
 *
 * Needs mmu_lock for write, and what gfn_to_memslot() needs.
 *
 * Return: true if there was one, and so a flush is owed before mmu_lock is dropped.
 */
bool rmap_drop_spte(struct kvm *kvm, u64 *sptep)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = sptep_to_sp(sptep);
	struct kvm_memory_slot *slot;
	gfn_t gfn;

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!is_shadow_present_pte(mmu_spte_exchange(sptep, SHADOW_NONPRESENT_VALUE)))
		return false;
	gfn = kvm_mmu_page_get_gfn(sp, sptep - sp->spt);
	slot = gfn_to_memslot(kvm, gfn);
	if (!WARN_ON_ONCE(!slot))
		pte_list_remove(gfn_to_rmap(slot, gfn, sp->role.level), sptep);
	return true;
}

/**
 * kvm_rmap_zap() - take all that is in a reverse map away
 * @kvm: the VM
 * @head: the map
 *
 * Needs mmu_lock for write.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool kvm_rmap_zap(struct kvm *kvm, struct kvm_rmap_head *head)
	__must_hold(&kvm->mmu_lock)
{
	bool flush = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	while (head->list)
		flush |= rmap_drop_spte(kvm, head->list->sptes[0]);
	return flush;
}

static bool rmap_handle(struct kvm *kvm, struct kvm_rmap_head *head, rmap_handler_t handler)
	__must_hold(&kvm->mmu_lock)
{
	struct pte_list_desc *desc;
	bool ret = false;
	int i;

	lockdep_assert_held_write(&kvm->mmu_lock);
	/* Without a handler the list shrinks under the loop */
	if (!handler)
		return kvm_rmap_zap(kvm, head);
	for_each_rmap_spte(head, desc, i)
		ret |= handler(kvm, desc->sptes[i]);
	return ret;
}

/**
 * kvm_rmap_range() - do something to each SPTE of a range
 * @kvm: the VM
 * @slot: the slot
 * @start: first gfn
 * @end: gfn behind the last one
 * @handler: what; it leaves the entry where it is.  NULL zaps.
 *
 * Needs mmu_lock for write.
 *
 * Return: whether any call of @handler returned true.
 */
bool kvm_rmap_range(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t start, gfn_t end,
		    rmap_handler_t handler)
	__must_hold(&kvm->mmu_lock)
{
	bool ret = false;
	gfn_t gfn;

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!slot->rmap[0])
		return false;
	for (gfn = start; gfn < end; gfn++)
		ret |= rmap_handle(kvm, gfn_to_rmap(slot, gfn, PG_LEVEL_4K), handler);
	for (gfn = (gfn_t)ALIGN_DOWN(start, PTES_PER_TABLE); gfn < end;
	     gfn += (gfn_t)PTES_PER_TABLE)
		ret |= rmap_handle(kvm, gfn_to_rmap(slot, max(gfn, slot->base_gfn),
						    PG_LEVEL_2M), handler);
	return ret;
}

static bool spte_write_protect(struct kvm *kvm, u64 *sptep)
{
	return mmu_spte_update(sptep, READ_ONCE(*sptep) & ~(SPTE_W | SPTE_MMU_WRITABLE));
}

/**
 * rmap_write_protect() - forbid writes, since the gfn is a page table
 * @kvm: the VM
 * @slot: the slot of @gfn
 * @gfn: the gfn
 *
 * Needs mmu_lock for write.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool rmap_write_protect(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t gfn)
	__must_hold(&kvm->mmu_lock)
{
	bool flush;

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!slot->rmap[0])
		return false;
	flush = rmap_handle(kvm, gfn_to_rmap(slot, gfn, PG_LEVEL_4K), spte_write_protect);
	flush |= rmap_handle(kvm, gfn_to_rmap(slot, gfn, PG_LEVEL_2M), spte_write_protect);
	return flush;
}
