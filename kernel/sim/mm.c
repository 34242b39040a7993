// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host's user mapping: one level of entries, and the promise to tell the VM before an
 * entry goes and after.
 */
#include "../mmu_internal.h"
#include "../invalidate.h"
#include "sim.h"

#define HOST_PTE_PRESENT	BIT_ULL(0)
#define HOST_PTE_WRITE		BIT_ULL(1)
#define HOST_PTE_HUGE		BIT_ULL(2)

/* Aligned as a huge page must be; well below 4 GiB, as user addresses may be */
#define HOST_MM_BASE		0x10000000ul

static struct folio *pte_folio(u64 pte)
{
	return pfn_folio(pte >> PAGE_SHIFT);
}

/**
 * host_mm_create() - an empty mapping
 * @npages: size, in pages
 *
 * Needs no lock; may sleep.
 *
 * Return: the mapping, or NULL.
 */
struct host_mm *host_mm_create(unsigned long npages)
{
	struct host_mm *mm = kzalloc(sizeof(*mm), GFP_KERNEL);

	if (!mm)
		return NULL;
	mm->ptes = kvcalloc(npages, sizeof(u64), GFP_KERNEL);
	if (!mm->ptes) {
		kfree(mm);
		return NULL;
	}
	mm->base = HOST_MM_BASE;
	mm->npages = npages;
	init_rwsem(&mm->mmap_lock);
	spin_lock_init(&mm->pte_lock);
	return mm;
}

/**
 * host_mm_attach() - tell a VM of what changes from now on
 * @mm: the mapping
 * @kvm: the VM
 *
 * Takes mmap_lock.
 */
void host_mm_attach(struct host_mm *mm, struct kvm *kvm)
{
	down_write(&mm->mmap_lock);
	mm->kvm = kvm;
	up_write(&mm->mmap_lock);
}

/**
 * host_mm_detach() - tell nobody any more
 * @mm: the mapping
 *
 * Takes mmap_lock: when it returns no invalidation is under way.
 */
void host_mm_detach(struct host_mm *mm)
{
	host_mm_attach(mm, NULL);
}

/**
 * host_mm_destroy() - free a mapping and its pages
 * @mm: the mapping, which no VM is attached to
 *
 * Takes mmap_lock; may sleep.
 */
void host_mm_destroy(struct host_mm *mm)
{
	host_mm_unmap(mm, 0, mm->npages);
	kvfree(mm->ptes);
	kfree(mm);
}

static bool hva_to_index(struct host_mm *mm, hva_t hva, unsigned long *index)
{
	*index = (hva - mm->base) >> PAGE_SHIFT;
	return hva >= mm->base && *index < mm->npages;
}

static u64 host_get_pte(struct host_mm *mm, unsigned long index)
{
	return READ_ONCE(mm->ptes[index]);
}

static void host_set_pte(struct host_mm *mm, unsigned long index, u64 pte)
{
	lockdep_assert_held_write(&mm->mmap_lock);
	spin_lock(&mm->pte_lock);
	WRITE_ONCE(mm->ptes[index], pte);
	spin_unlock(&mm->pte_lock);
}

/* Whether the VM has opened a window. */
static bool notify_start(struct host_mm *mm, unsigned long index, unsigned long npages)
{
	lockdep_assert_held_write(&mm->mmap_lock);
	if (!mm->kvm)
		return false;
	return kvm_mmu_notifier_invalidate_range_start(mm->kvm, mm->base + index * PAGE_SIZE,
						       mm->base + (index + npages) * PAGE_SIZE);
}

static void notify_end(struct host_mm *mm, bool opened)
{
	lockdep_assert_held_write(&mm->mmap_lock);
	if (mm->kvm)
		kvm_mmu_notifier_invalidate_range_end(mm->kvm, opened);
}

static struct folio *new_folio(struct host_mm *mm, unsigned long index, struct folio *from)
{
	struct folio *folio = platform_alloc_folio();
	void *page;

	if (!folio)
		return NULL;
	page = platform_direct_map_address(folio);
	if (from)
		memcpy(page, platform_direct_map_address(from), PAGE_SIZE);
	else
		memset(page, 0, PAGE_SIZE);
	if (mm->new_page)
		mm->new_page(mm, index, page);
	return folio;
}

static bool pte_allows(u64 pte, bool write)
{
	return (pte & HOST_PTE_PRESENT) && (!write || (pte & HOST_PTE_WRITE));
}

static int map_new(struct host_mm *mm, unsigned long index, struct folio *from)
{
	struct folio *folio = new_folio(mm, index, from);

	if (!folio)
		return -ENOMEM;
	host_set_pte(mm, index, (u64)folio_pfn(folio) << PAGE_SHIFT |
		     HOST_PTE_PRESENT | HOST_PTE_WRITE);
	return 0;
}

/* Make the entry present, and writable if @write. */
static int fault_in(struct host_mm *mm, unsigned long index, bool write)
{
	u64 pte = host_get_pte(mm, index);
	bool opened;
	int r;

	lockdep_assert_held_write(&mm->mmap_lock);
	/* Two faults may both have found it missing */
	if (pte_allows(pte, write))
		return 0;
	if (!(pte & HOST_PTE_PRESENT))
		return map_new(mm, index, NULL);
	/* Copy on write */
	opened = notify_start(mm, index, 1);
	r = map_new(mm, index, pte_folio(pte));
	if (!r)
		folio_put(pte_folio(pte));
	notify_end(mm, opened);
	return r;
}

/* The page of a present entry, with a reference. */
static kvm_pfn_t get_page_of(struct host_mm *mm, unsigned long index, bool *writable)
{
	u64 pte = host_get_pte(mm, index);

	lockdep_assert_held(&mm->mmap_lock);
	*writable = pte & HOST_PTE_WRITE;
	folio_get(pte_folio(pte));
	return pte >> PAGE_SHIFT;
}

/**
 * host_mm_fault() - the page of an hva
 * @mm: the mapping
 * @hva: where, in bytes
 * @write: have it writable; otherwise it may be or not
 * @writable: receives whether it is
 *
 * In parallel with others if the page is there already.  Takes mmap_lock; may sleep, and
 * wait for a VM that is told that the page is another one.
 *
 * Return: the pfn, with a reference, or KVM_PFN_ERR_FAULT.
 */
kvm_pfn_t host_mm_fault(struct host_mm *mm, hva_t hva, bool write, bool *writable)
{
	kvm_pfn_t pfn = KVM_PFN_ERR_FAULT;
	unsigned long index;

	if (!hva_to_index(mm, hva, &index))
		return pfn;
	down_read(&mm->mmap_lock);
	if (pte_allows(host_get_pte(mm, index), write))
		pfn = get_page_of(mm, index, writable);
	up_read(&mm->mmap_lock);
	if (!is_error_noslot_pfn(pfn))
		return pfn;

	down_write(&mm->mmap_lock);
	if (!fault_in(mm, index, write))
		pfn = get_page_of(mm, index, writable);
	up_write(&mm->mmap_lock);
	return pfn;
}

/* The word behind a present entry.  The entry's lock keeps the page from being freed. */
static int access_atomic(struct host_mm *mm, hva_t hva, u64 *value, bool write)
{
	unsigned long index;
	int r = -EFAULT;
	u64 pte, *p;

	if (!hva_to_index(mm, hva, &index))
		return -EFAULT;
	spin_lock(&mm->pte_lock);
	pte = host_get_pte(mm, index);
	if (pte_allows(pte, write)) {
		p = platform_direct_map_address(pte_folio(pte)) + (hva & ~PAGE_MASK);
		if (write)
			WRITE_ONCE(*p, *value);
		else
			*value = READ_ONCE(*p);
		r = 0;
	}
	spin_unlock(&mm->pte_lock);
	return r;
}

static int access(struct host_mm *mm, hva_t hva, u64 *value, bool write)
{
	unsigned long index;
	int r;

	if (!hva_to_index(mm, hva, &index))
		return -EFAULT;
	down_read(&mm->mmap_lock);
	r = access_atomic(mm, hva, value, write);
	up_read(&mm->mmap_lock);
	if (!r)
		return 0;

	down_write(&mm->mmap_lock);
	r = fault_in(mm, index, write);
	if (!r)
		r = access_atomic(mm, hva, value, write);
	up_write(&mm->mmap_lock);
	return r;
}

/**
 * host_mm_read() - read memory as the user does
 * @mm: the mapping
 * @hva: where, in bytes, aligned to 8
 * @value: receives 8 bytes
 *
 * Takes mmap_lock; may sleep.
 *
 * Return: 0, -EFAULT outside of the mapping, -ENOMEM.
 */
int host_mm_read(struct host_mm *mm, hva_t hva, u64 *value)
{
	return access(mm, hva, value, false);
}

/**
 * host_mm_write() - write memory as the user does
 * @mm: the mapping
 * @hva: where, in bytes, aligned to 8
 * @value: what
 *
 * Takes mmap_lock; may sleep.
 *
 * Return: as host_mm_read().
 */
int host_mm_write(struct host_mm *mm, hva_t hva, u64 value)
{
	return access(mm, hva, &value, true);
}

/**
 * host_mm_read_atomic() - read memory without sleeping
 * @mm: the mapping
 * @hva: where, in bytes, aligned to 8
 * @value: receives 8 bytes
 *
 * A page that is not there is not fetched.  Takes pte_lock, which is innermost.
 *
 * Return: 0 or -EFAULT.
 */
int host_mm_read_atomic(struct host_mm *mm, hva_t hva, u64 *value)
{
	return access_atomic(mm, hva, value, false);
}

/**
 * host_mm_mapping_level() - the size of the host's page
 * @mm: the mapping
 * @hva: in it, in bytes
 *
 * Needs no lock, and is true for as long as the caller keeps the VM from being told of a
 * change.
 *
 * Return: PG_LEVEL_*.
 */
int host_mm_mapping_level(struct host_mm *mm, hva_t hva)
{
	unsigned long index;

	if (!hva_to_index(mm, hva, &index) || !(host_get_pte(mm, index) & HOST_PTE_HUGE))
		return PG_LEVEL_4K;
	return PG_LEVEL_2M;
}

/* An entry of a huge page that stays is that of a small one from now on. */
static void break_huge(struct host_mm *mm, unsigned long index)
{
	unsigned long first = ALIGN_DOWN(index, PTES_PER_TABLE), i;

	if (!(host_get_pte(mm, index) & HOST_PTE_HUGE))
		return;
	for (i = first; i < first + PTES_PER_TABLE; i++)
		host_set_pte(mm, i, host_get_pte(mm, i) & ~HOST_PTE_HUGE);
}

/* Huge pages are told as a whole: their mappings in the VM cover it. */
static unsigned long huge_start(unsigned long index)
{
	return ALIGN_DOWN(index, PTES_PER_TABLE);
}

static unsigned long huge_end(struct host_mm *mm, unsigned long end)
{
	return min(ALIGN_DOWN(end + PTES_PER_TABLE - 1, PTES_PER_TABLE), mm->npages);
}

/**
 * host_mm_unmap() - take pages away
 * @mm: the mapping
 * @index: first page
 * @npages: number of pages
 *
 * The next access finds new ones.  Takes mmap_lock; may sleep.
 */
void host_mm_unmap(struct host_mm *mm, unsigned long index, unsigned long npages)
{
	unsigned long start = index, end = index + npages, i;
	bool opened, huge = false;

	down_write(&mm->mmap_lock);
	for (i = index; i < end; i++)
		huge |= host_get_pte(mm, i) & HOST_PTE_HUGE;
	if (huge) {
		start = huge_start(index);
		end = huge_end(mm, end);
	}
	opened = notify_start(mm, start, end - start);
	for (i = index; i < index + npages; i++) {
		u64 pte = host_get_pte(mm, i);

		break_huge(mm, i);
		host_set_pte(mm, i, 0);
		if (pte & HOST_PTE_PRESENT)
			folio_put(pte_folio(pte));
	}
	notify_end(mm, opened);
	up_write(&mm->mmap_lock);
}

/**
 * host_mm_wrprotect() - have the next write to each page copy it
 * @mm: the mapping
 * @index: first page
 * @npages: number of pages
 *
 * Takes mmap_lock; may sleep.
 */
void host_mm_wrprotect(struct host_mm *mm, unsigned long index, unsigned long npages)
{
	unsigned long start = huge_start(index), end = huge_end(mm, index + npages), i;
	bool opened;

	down_write(&mm->mmap_lock);
	opened = notify_start(mm, start, end - start);
	for (i = index; i < index + npages; i++) {
		break_huge(mm, i);
		host_set_pte(mm, i, host_get_pte(mm, i) & ~HOST_PTE_WRITE);
	}
	notify_end(mm, opened);
	up_write(&mm->mmap_lock);
}

/* Replace 512 pages by those of one block, with the same contents. */
static void collapse(struct host_mm *mm, unsigned long index, struct folio **block)
{
	unsigned long i;

	for (i = 0; i < PTES_PER_TABLE; i++) {
		u64 pte = host_get_pte(mm, index + i);
		void *page = platform_direct_map_address(block[i]);

		if (pte & HOST_PTE_PRESENT)
			memcpy(page, platform_direct_map_address(pte_folio(pte)), PAGE_SIZE);
		else
			memset(page, 0, PAGE_SIZE);
		if (mm->new_page)
			mm->new_page(mm, index + i, page);
		host_set_pte(mm, index + i, (u64)folio_pfn(block[i]) << PAGE_SHIFT |
			HOST_PTE_PRESENT | HOST_PTE_WRITE | HOST_PTE_HUGE);
		if (pte & HOST_PTE_PRESENT)
			folio_put(pte_folio(pte));
	}
}

/**
 * host_mm_make_huge() - put a huge page in the place of small ones
 * @mm: the mapping
 * @index: first page, aligned to 2M
 *
 * Takes mmap_lock; may sleep.
 *
 * Return: 0 or -ENOMEM.
 */
int host_mm_make_huge(struct host_mm *mm, unsigned long index)
{
	struct folio **block = kvcalloc(PTES_PER_TABLE, sizeof(*block), GFP_KERNEL);
	int r = -ENOMEM;
	bool opened;

	if (!block)
		return r;
	down_write(&mm->mmap_lock);
	r = platform_alloc_block(block);
	if (!r) {
		opened = notify_start(mm, index, PTES_PER_TABLE);
		collapse(mm, index, block);
		notify_end(mm, opened);
	}
	up_write(&mm->mmap_lock);
	kvfree(block);
	return r;
}
