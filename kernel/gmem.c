// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory whose pages are not in the direct map, so that nothing in the kernel can
 * read them by accident.  Who has to access one puts it back for as long as that takes.
 *
 * folio->private says how things stand, and changes together with the direct map under
 * the folio lock:
 *
 *	OWNED	belongs to a gmem that wants it out of the direct map
 *	PRESENT	is in the direct map
 *	maps	number of those who need it there.  Several caches may be on one page: the
 *		first map puts it back, and only the last unmap takes it out again
 *
 * Outside the lock an OWNED folio is PRESENT if and only if it has maps, unless the last
 * unmap failed; the next one then tries again.
 */
#include "mmu_internal.h"
#include "dirty.h"
#include "gmem.h"
#include "invalidate.h"
#include "memslot.h"
#include "pfncache.h"
#include "vm.h"
#include "zap.h"

#define GMEM_FOLIO_OWNED	1ul
#define GMEM_FOLIO_PRESENT	2ul
#define GMEM_FOLIO_ONE_MAP	4ul

static unsigned long folio_state(struct folio *folio)
{
	VM_WARN_ON_FOLIO(!folio_test_locked(folio), folio);
	return (unsigned long)folio->private;
}

static void folio_set_state(struct folio *folio, unsigned long state)
{
	VM_WARN_ON_FOLIO(!folio_test_locked(folio), folio);
	folio->private = (void *)state;
}

/**
 * gmem_folio_maps() - the number of those who need a folio in the direct map
 * @folio: the folio, locked
 *
 * Return: the number.
 */
unsigned long gmem_folio_maps(struct folio *folio)
{
	return folio_state(folio) / GMEM_FOLIO_ONE_MAP;
}

static bool is_mapped(unsigned long state)
{
	return state >= GMEM_FOLIO_ONE_MAP;
}

static int folio_make_present(struct folio *folio)
{
	unsigned long state = folio_state(folio);
	int r;

	if (state & GMEM_FOLIO_PRESENT)
		return 0;
	r = platform_direct_map_restore(folio);
	if (!r)
		folio_set_state(folio, state | GMEM_FOLIO_PRESENT);
	return r;
}

static int folio_make_absent(struct folio *folio)
{
	unsigned long state = folio_state(folio);
	int r;

	if (!(state & GMEM_FOLIO_OWNED) || !(state & GMEM_FOLIO_PRESENT) ||
	    is_mapped(state))
		return 0;
	r = platform_direct_map_zap(folio);
	if (r)
		return r;
	/* Not out before no CPU can reach it through an old translation */
	platform_direct_map_flush(folio);
	folio_set_state(folio, state & ~GMEM_FOLIO_PRESENT);
	return 0;
}

/**
 * gmem_folio_map() - have a folio in the direct map
 * @folio: the folio, locked, with a reference that lasts until the unmap
 *
 * Return: 0 or a negative error, and nothing has changed then.
 */
int gmem_folio_map(struct folio *folio)
{
	int r = folio_make_present(folio);

	if (!r)
		folio_set_state(folio, folio_state(folio) + GMEM_FOLIO_ONE_MAP);
	return r;
}

/**
 * gmem_folio_unmap() - need a folio in the direct map no longer
 * @folio: the folio, locked
 *
 * Return: 0 or a negative error: the map is dropped in any case, but the folio is still
 * in the direct map, until the next one who unmaps it.
 */
int gmem_folio_unmap(struct folio *folio)
{
	if (WARN_ON_ONCE(!gmem_folio_maps(folio)))
		return -EINVAL;
	folio_set_state(folio, folio_state(folio) - GMEM_FOLIO_ONE_MAP);
	return folio_make_absent(folio);
}

/* Give a folio up: it is in the direct map for good, or still owned if that failed. */
static int folio_disown(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = folio_make_present(folio);
	if (!r)
		folio_set_state(folio, folio_state(folio) & ~GMEM_FOLIO_OWNED);
	folio_unlock(folio);
	return r;
}

static struct folio *gmem_new_folio(struct gmem *gmem)
{
	struct folio *folio = platform_alloc_folio();
	int r = 0;

	if (!folio)
		return NULL;
	/* Zeroed before it leaves the direct map: nobody else knows it yet */
	memset(platform_direct_map_address(folio), 0, PAGE_SIZE);
	folio_lock(folio);
	folio_set_state(folio, GMEM_FOLIO_PRESENT | (gmem->no_direct_map ? GMEM_FOLIO_OWNED : 0));
	r = folio_make_absent(folio);
	folio_unlock(folio);
	if (r) {
		folio_put(folio);
		return NULL;
	}
	return folio;
}

/**
 * gmem_create() - make guest memory
 * @npages: size, in pages
 * @no_direct_map: keep its pages out of the direct map
 *
 * Needs no lock; may sleep.
 *
 * Return: the memory, without a page as yet, or NULL.
 */
struct gmem *gmem_create(unsigned long npages, bool no_direct_map)
{
	struct gmem *gmem = kzalloc(sizeof(*gmem), GFP_KERNEL_ACCOUNT);

	if (!gmem)
		return NULL;
	gmem->folios = kvcalloc(npages, sizeof(*gmem->folios), GFP_KERNEL_ACCOUNT);
	if (!gmem->folios) {
		kfree(gmem);
		return NULL;
	}
	init_rwsem(&gmem->invalidate_lock);
	gmem->npages = npages;
	gmem->no_direct_map = no_direct_map;
	return gmem;
}

/* The folio of a page, made if there is none, with a reference. */
static struct folio *gmem_get_folio(struct gmem *gmem, unsigned long index)
{
	struct folio *folio;

	if (index >= gmem->npages)
		return NULL;
	down_read(&gmem->invalidate_lock);
	folio = gmem->folios[index];
	if (folio)
		folio_get(folio);
	up_read(&gmem->invalidate_lock);
	if (folio)
		return folio;

	down_write(&gmem->invalidate_lock);
	/* Two faults may both find none */
	if (!gmem->folios[index])
		gmem->folios[index] = gmem_new_folio(gmem);
	folio = gmem->folios[index];
	if (folio)
		folio_get(folio);
	up_write(&gmem->invalidate_lock);
	return folio;
}

static unsigned long gmem_index(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	return slot->gmem_pgoff + gfn_to_index(slot, gfn);
}

/**
 * gmem_get_pfn() - the page behind a gfn
 * @slot: its slot, which has gmem
 * @gfn: the gfn
 * @writable: receives whether it may be written
 *
 * Needs kvm->srcu, for the slot; takes invalidate_lock, may sleep.
 *
 * Return: the pfn, with a reference, or KVM_PFN_ERR_FAULT.
 */
kvm_pfn_t gmem_get_pfn(const struct kvm_memory_slot *slot, gfn_t gfn, bool *writable)
{
	struct folio *folio = gmem_get_folio(slot->gmem, gmem_index(slot, gfn));

	*writable = true;
	return folio ? folio_pfn(folio) : KVM_PFN_ERR_FAULT;
}

/* The whole access under the folio lock: nobody takes the page out in between. */
static int gmem_access_folio(struct folio *folio, unsigned long offset, void *data,
			     const void *from, unsigned long len)
{
	void *p;
	int r;

	folio_lock(folio);
	r = gmem_folio_map(folio);
	if (r)
		goto out;
	p = platform_direct_map_address(folio) + offset;
	if (from)
		memcpy(p, from, len);
	else
		memcpy(data, p, len);
	r = gmem_folio_unmap(folio);
out:
	folio_unlock(folio);
	return r;
}

static int gmem_access(struct kvm *kvm, gpa_t gpa, void *data, const void *from,
		       unsigned long len)
{
	unsigned long offset = gpa & ~PAGE_MASK;
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gpa_to_gfn(gpa));
	struct folio *folio;
	int r;

	if (!slot || !slot->gmem || (slot->flags & KVM_MEMSLOT_INVALID) ||
	    len > PAGE_SIZE - offset)
		return -EFAULT;
	folio = gmem_get_folio(slot->gmem, gmem_index(slot, gpa_to_gfn(gpa)));
	if (!folio)
		return -ENOMEM;
	r = gmem_access_folio(folio, offset, data, from, len);
	if (!r && from)
		mark_page_dirty_in_slot(slot, gpa_to_gfn(gpa));
	folio_put(folio);
	return r;
}

/**
 * kvm_read_guest_private() - read from memory of a gmem
 * @kvm: the VM
 * @gpa: where, in bytes; the range lies in one page
 * @data: receives the bytes
 * @len: number of bytes
 *
 * Needs kvm->srcu; takes the folio lock, may sleep.
 *
 * Return: 0, or a negative error.  If the page could not be taken out of the direct map
 * again, the bytes were read, and the error says that the page is exposed.
 */
int kvm_read_guest_private(struct kvm *kvm, gpa_t gpa, void *data, unsigned long len)
{
	return gmem_access(kvm, gpa, data, NULL, len);
}

/**
 * kvm_write_guest_private() - write guest memory that the direct map may not have
 * @kvm: the VM
 * @gpa: where, in bytes
 * @data: what
 * @len: number of bytes, within one page
 *
 * Needs kvm->srcu; takes the folio lock, may sleep.
 *
 * Return: 0; -EFAULT if there is no gmem; or what the direct map said.
 */
int kvm_write_guest_private(struct kvm *kvm, gpa_t gpa, const void *data, unsigned long len)
{
	return gmem_access(kvm, gpa, NULL, data, len);
}

/* The gfns of @slot that are backed by the pages [start, end) of @gmem. */
static bool gmem_range_to_gfns(struct gmem *gmem, struct kvm_memory_slot *slot,
			       unsigned long start, unsigned long end,
			       struct kvm_gfn_range *ret)
{
	if (slot->gmem != gmem)
		return false;
	start = max(start, slot->gmem_pgoff);
	end = min(end, slot->gmem_pgoff + slot->npages);
	if (start >= end)
		return false;
	ret->slot = slot;
	ret->start = slot->base_gfn + (start - slot->gmem_pgoff);
	ret->end = slot->base_gfn + (end - slot->gmem_pgoff);
	return true;
}

static bool gmem_range_has_slot(struct gmem *gmem, struct kvm *kvm, unsigned long start,
				unsigned long end)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	struct kvm_gfn_range range;
	int id;

	kvm_for_each_memslot(slot, slots, id) {
		if (gmem_range_to_gfns(gmem, slot, start, end, &range))
			return true;
	}
	return false;
}

/* Whether a window was opened. */
static bool gmem_invalidate_begin(struct gmem *gmem, struct kvm *kvm, unsigned long start,
				  unsigned long end)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	struct kvm_gfn_range range;
	bool flush = false;
	int id;

	kvm_mn_invalidate_raise(kvm);
	gfn_to_pfn_cache_invalidate_gmem(kvm, gmem, start, end);
	if (!gmem_range_has_slot(gmem, kvm, start, end))
		return false;
	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	kvm_for_each_memslot(slot, slots, id) {
		if (!gmem_range_to_gfns(gmem, slot, start, end, &range))
			continue;
		kvm_mmu_invalidate_range_add(kvm, range.start, range.end);
		flush |= kvm_unmap_gfn_range(kvm, &range);
	}
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
	return true;
}

static void gmem_invalidate_end(struct kvm *kvm, bool opened)
{
	if (opened) {
		write_lock(&kvm->mmu_lock);
		kvm_mmu_invalidate_end(kvm);
		write_unlock(&kvm->mmu_lock);
	}
	kvm_mn_invalidate_drop(kvm);
}

static int gmem_remove_folios(struct gmem *gmem, unsigned long start, unsigned long end)
	__must_hold(&gmem->invalidate_lock)
{
	unsigned long i;
	int r = 0, e;

	lockdep_assert_held_write(&gmem->invalidate_lock);
	for (i = start; i < end; i++) {
		struct folio *folio = gmem->folios[i];

		if (!folio)
			continue;
		e = folio_disown(folio);
		if (e) {	/* Not given away with a hole in the direct map: kept */
			r = e;
			continue;
		}
		gmem->folios[i] = NULL;
		folio_put(folio);
	}
	return r;
}

/**
 * gmem_punch_hole() - give pages back
 * @gmem: the memory
 * @kvm: the VM whose slots use it
 * @start: first page
 * @npages: number of pages
 *
 * Mappings and caches go first, then the pages are put back into the direct map, then
 * they are freed.  Needs kvm->srcu; takes invalidate_lock and mmu_lock, may sleep.
 *
 * Return: 0, or an error, and the pages that it concerns are then still there.
 */
int gmem_punch_hole(struct gmem *gmem, struct kvm *kvm, unsigned long start,
		    unsigned long npages)
{
	unsigned long end = min(start + npages, gmem->npages);
	bool opened;
	int r;

	down_write(&gmem->invalidate_lock);
	opened = gmem_invalidate_begin(gmem, kvm, start, end);
	r = gmem_remove_folios(gmem, start, end);
	gmem_invalidate_end(kvm, opened);
	up_write(&gmem->invalidate_lock);
	return r;
}

/**
 * gmem_destroy() - free guest memory that no slot and no cache uses any more
 * @gmem: the memory
 *
 * Takes invalidate_lock; may sleep.
 *
 * Return: 0, or an error: a page cannot be put back, and the memory still exists.
 */
int gmem_destroy(struct gmem *gmem)
{
	struct folio **folios;
	int r;

	down_write(&gmem->invalidate_lock);
	r = gmem_remove_folios(gmem, 0, gmem->npages);
	folios = gmem->folios;
	up_write(&gmem->invalidate_lock);
	if (r)
		return r;
	kvfree(folios);
	kfree(gmem);
	return 0;
}
