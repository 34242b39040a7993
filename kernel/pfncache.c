// SPDX-License-Identifier: GPL-2.0-only
/*
 * Caches of one guest page each.  A cache is used under its own lock and nothing else,
 * so everything that could take the page away must first make the cache invalid, under
 * that lock.
 */
#include "mmu_internal.h"
#include "gmem.h"
#include "memslot.h"
#include "pfncache.h"
#include "sim/sim.h"

/* What a refresh has found, before anybody sees it */
struct gpc_page {
	u64 generation;
	hva_t uhva;
	struct gmem *gmem;
	unsigned long gmem_index;
	struct folio *folio;
};

/**
 * gfn_to_pfn_cache_invalidate_hva() - make caches of a range invalid
 * @kvm: the VM
 * @start: first hva, in bytes
 * @end: hva behind the last byte
 *
 * Waits for those that use one just now.  Takes gpc_lock and the locks of the caches.
 */
void gfn_to_pfn_cache_invalidate_hva(struct kvm *kvm, hva_t start, hva_t end)
{
	struct gfn_to_pfn_cache *gpc;

	spin_lock(&kvm->gpc_lock);
	list_for_each_entry(gpc, &kvm->gpc_list, list) {
		/* Waits for those that are using the page just now */
		write_lock_irq(&gpc->lock);
		if (gpc->valid && !gpc->gmem && gpc->uhva >= start && gpc->uhva < end)
			gpc->valid = false;
		write_unlock_irq(&gpc->lock);
	}
	spin_unlock(&kvm->gpc_lock);
}

/**
 * gfn_to_pfn_cache_invalidate_gmem() - make caches of gmem pages invalid
 * @kvm: the VM
 * @gmem: the gmem
 * @start: its first page
 * @end: the page behind the last one
 *
 * As gfn_to_pfn_cache_invalidate_hva().
 */
void gfn_to_pfn_cache_invalidate_gmem(struct kvm *kvm, const struct gmem *gmem,
				      unsigned long start, unsigned long end)
{
	struct gfn_to_pfn_cache *gpc;

	spin_lock(&kvm->gpc_lock);
	list_for_each_entry(gpc, &kvm->gpc_list, list) {
		write_lock_irq(&gpc->lock);
		if (gpc->valid && gpc->gmem == gmem && gpc->gmem_index >= start &&
		    gpc->gmem_index < end)
			gpc->valid = false;
		write_unlock_irq(&gpc->lock);
	}
	spin_unlock(&kvm->gpc_lock);
}

/**
 * kvm_gpc_init() - have a cache that is not active
 * @gpc: the cache
 * @kvm: the VM
 *
 * Nobody else knows the cache yet: needs no lock.
 */
void kvm_gpc_init(struct gfn_to_pfn_cache *gpc, struct kvm *kvm)
{
	memset(gpc, 0, sizeof(*gpc));
	gpc->kvm = kvm;
	INIT_LIST_HEAD(&gpc->list);
	mutex_init(&gpc->refresh_lock);
	rwlock_init(&gpc->lock);
}

/**
 * kvm_gpc_check() - may the cache be used
 * @gpc: the cache
 *
 * Needs gpc->lock, and is true until that is dropped; kvm->srcu, for the memslots.
 *
 * Return: true if it may.
 */
bool kvm_gpc_check(struct gfn_to_pfn_cache *gpc)
	__must_hold_shared(&gpc->lock)
{
	lockdep_assert_held(&gpc->lock);
	return gpc->active && gpc->valid &&
	       gpc->generation == kvm_memslots(gpc->kvm)->generation;
}

/* Find the page of @gpa, with a reference.  May sleep. */
static int gpc_lookup(struct kvm *kvm, gpa_t gpa, struct gpc_page *page)
{
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gpa_to_gfn(gpa));
	bool writable;
	kvm_pfn_t pfn;

	page->generation = kvm_memslots(kvm)->generation;
	if (!slot || (slot->flags & (KVM_MEMSLOT_INVALID | KVM_MEM_READONLY)))
		return -EFAULT;
	page->gmem = slot->gmem;
	page->gmem_index = slot->gmem_pgoff + gfn_to_index(slot, gpa_to_gfn(gpa));
	page->uhva = gfn_to_hva_memslot(slot, gpa_to_gfn(gpa));
	pfn = slot->gmem ? gmem_get_pfn(slot, gpa_to_gfn(gpa), &writable) :
			   host_mm_fault(kvm->mm, page->uhva, true, &writable);
	if (is_error_noslot_pfn(pfn))
		return -EFAULT;
	page->folio = pfn_folio((unsigned long)pfn);
	return 0;
}

/* Have the page in the direct map.  May sleep. */
static int gpc_map(struct gpc_page *page)
{
	int r = 0;

	if (!page->gmem)
		return 0;
	folio_lock(page->folio);
	r = gmem_folio_map(page->folio);
	folio_unlock(page->folio);
	return r;
}

/* The other way; the reference goes too.  An error leaves the page in the direct map. */
static int gpc_unmap(struct folio *folio, struct gmem *gmem)
{
	int r = 0;

	if (gmem) {
		folio_lock(folio);
		r = gmem_folio_unmap(folio);
		folio_unlock(folio);
	}
	folio_put(folio);
	return r;
}

/*
 * Was the page taken away while it was looked up.  The count is raised before caches are
 * made invalid, and drops after the sequence has changed: one of the two is seen.
 */
static bool gpc_lookup_is_stale(struct kvm *kvm, unsigned long mmu_seq)
{
	if (READ_ONCE(kvm->mn_active_invalidate_count))
		return true;
	smp_rmb();
	return READ_ONCE(kvm->mmu_invalidate_seq) != mmu_seq;
}

/*
 * Find a page that is still the right one when gpc->lock is held again.  The lock is
 * dropped meanwhile: to look a page up may wait for an invalidation, which may wait for
 * the lock.
 */
static int gpc_find_page(struct gfn_to_pfn_cache *gpc, struct gpc_page *page)
	__must_hold(&gpc->lock)
{
	struct kvm *kvm = gpc->kvm;
	gpa_t gpa = gpc->gpa;
	unsigned long mmu_seq;
	int r;

	lockdep_assert_held_write(&gpc->lock);
	for (;;) {
		mmu_seq = READ_ONCE(kvm->mmu_invalidate_seq);
		smp_rmb();
		write_unlock_irq(&gpc->lock);

		r = gpc_lookup(kvm, gpa, page);
		if (!r) {
			r = gpc_map(page);
			if (r)
				folio_put(page->folio);
		}
		write_lock_irq(&gpc->lock);
		if (r || !gpc_lookup_is_stale(kvm, mmu_seq))
			return r;

		write_unlock_irq(&gpc->lock);
		r = gpc_unmap(page->folio, page->gmem);
		cond_resched();
		write_lock_irq(&gpc->lock);
		if (r)
			return r;
	}
}

/* From here on the cache can be used. */
static void gpc_publish(struct gfn_to_pfn_cache *gpc, const struct gpc_page *page)
	__must_hold(&gpc->lock)
{
	lockdep_assert_held_write(&gpc->lock);
	gpc->folio = page->folio;
	gpc->khva = platform_direct_map_address(page->folio);
	gpc->gmem = page->gmem;
	gpc->gmem_index = page->gmem_index;
	gpc->uhva = page->uhva;
	gpc->generation = page->generation;
	gpc->valid = true;
}

static int __kvm_gpc_refresh(struct gfn_to_pfn_cache *gpc)
	__must_hold(&gpc->refresh_lock)
{
	struct gpc_page page = { 0 };
	struct folio *old_folio;
	struct gmem *old_gmem;
	int r, e = 0;

	lockdep_assert_held(&gpc->refresh_lock);
	write_lock_irq(&gpc->lock);
	/* What is there is unmapped as what it was mapped as */
	old_folio = gpc->folio;
	old_gmem = gpc->gmem;
	gpc->valid = false;
	r = gpc_find_page(gpc, &page);
	gpc->folio = NULL;
	gpc->khva = NULL;
	if (!r)
		gpc_publish(gpc, &page);
	write_unlock_irq(&gpc->lock);

	/* Nobody can see the old page any more */
	if (old_folio)
		e = gpc_unmap(old_folio, old_gmem);
	return r ? r : e;
}

/**
 * kvm_gpc_refresh() - make a cache valid again
 * @gpc: the cache, which is active
 *
 * Needs kvm->srcu and not gpc->lock; may sleep.
 *
 * Return: 0; -EINVAL if the cache is not active; another error if there is no page, or
 * if the old page could not be taken out of the direct map.
 */
int kvm_gpc_refresh(struct gfn_to_pfn_cache *gpc)
{
	bool active, fresh;
	int r = -EINVAL;

	mutex_lock(&gpc->refresh_lock);
	read_lock_irq(&gpc->lock);
	active = gpc->active;
	fresh = kvm_gpc_check(gpc);
	read_unlock_irq(&gpc->lock);
	if (fresh)
		r = 0;
	else if (active)
		r = __kvm_gpc_refresh(gpc);
	mutex_unlock(&gpc->refresh_lock);
	return r;
}

/**
 * kvm_gpc_activate() - begin to use a cache
 * @gpc: the cache
 * @gpa: of the page that it is for, in bytes
 *
 * Needs kvm->srcu; takes refresh_lock, may sleep.
 *
 * Return: 0 or what kvm_gpc_refresh() returns; the cache is active in any case.
 */
int kvm_gpc_activate(struct gfn_to_pfn_cache *gpc, gpa_t gpa)
{
	struct kvm *kvm = gpc->kvm;
	int r;

	mutex_lock(&gpc->refresh_lock);
	/* On the list before it can become valid: an invalidation must find it */
	if (list_empty(&gpc->list)) {
		spin_lock(&kvm->gpc_lock);
		list_add(&gpc->list, &kvm->gpc_list);
		spin_unlock(&kvm->gpc_lock);
	}
	write_lock_irq(&gpc->lock);
	gpc->active = true;
	gpc->gpa = gpa;
	write_unlock_irq(&gpc->lock);
	r = __kvm_gpc_refresh(gpc);
	mutex_unlock(&gpc->refresh_lock);
	return r;
}

/**
 * kvm_gpc_deactivate() - end the use of a cache
 * @gpc: the cache
 *
 * Takes refresh_lock; may sleep.
 *
 * Return: 0, or an error if the page could not be taken out of the direct map.
 */
int kvm_gpc_deactivate(struct gfn_to_pfn_cache *gpc)
{
	struct kvm *kvm = gpc->kvm;
	struct folio *old_folio;
	struct gmem *old_gmem;
	int r = 0;

	mutex_lock(&gpc->refresh_lock);
	write_lock_irq(&gpc->lock);
	old_folio = gpc->folio;
	old_gmem = gpc->gmem;
	gpc->active = false;
	gpc->valid = false;
	gpc->folio = NULL;
	gpc->khva = NULL;
	write_unlock_irq(&gpc->lock);

	/* Off the list only now that it cannot be valid */
	if (!list_empty(&gpc->list)) {
		spin_lock(&kvm->gpc_lock);
		list_del_init(&gpc->list);
		spin_unlock(&kvm->gpc_lock);
	}
	if (old_folio)
		r = gpc_unmap(old_folio, old_gmem);
	mutex_unlock(&gpc->refresh_lock);
	return r;
}
