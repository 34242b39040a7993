// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory in the kernel.  The functions that change the direct map are not exported
 * to modules, so this stands in: a page is at its place in the direct map until it is
 * zapped for the first time; after that its only address for users of this file is a
 * mapping of its own, made by vmap() and gone by vunmap().  An access after that faults.
 */
#include "mmu_internal.h"
#include <linux/module.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

struct pool_page {
	struct page *page;
	bool was_zapped;
	void *mapped;
};

/*
 * The pool has one reference to each page: a page with no other is free, so that the last
 * folio_put() of its user gives it back.
 */
static struct {
	struct mutex lock;
	struct pool_page *pages;
	int nr, next;
	int zaps_left, restores_left;
} pool;

static struct pool_page *pool_page(struct folio *folio)
{
	/* The order of the pages in the pool is that of their pfns within a block only */
	return (struct pool_page *)folio->mapping;
}

static void pool_forget(struct pool_page *p)
{
	if (p->mapped)
		vunmap(p->mapped);
	page_folio(p->page)->mapping = NULL;
	page_folio(p->page)->private = NULL;
	__free_page(p->page);
}

void platform_exit(void)
{
	int i;

	for (i = 0; i < pool.nr; i++)
		pool_forget(&pool.pages[i]);
	kvfree(pool.pages);
	pool.pages = NULL;
	pool.nr = 0;
}

static int add_block(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, get_order(PLATFORM_BLOCK_PAGES * PAGE_SIZE));
	int i;

	if (!page)
		return -ENOMEM;
	split_page(page, get_order(PLATFORM_BLOCK_PAGES * PAGE_SIZE));
	for (i = 0; i < PLATFORM_BLOCK_PAGES; i++) {
		struct pool_page *p = &pool.pages[pool.nr++];

		p->page = page + i;
		page_folio(p->page)->mapping = (struct address_space *)p;
	}
	return 0;
}

int platform_init(int nr_blocks)
{
	int i;

	mutex_init(&pool.lock);
	pool.pages = kvcalloc(nr_blocks * PLATFORM_BLOCK_PAGES, sizeof(*pool.pages), GFP_KERNEL);
	pool.nr = pool.next = 0;
	if (!pool.pages)
		return -ENOMEM;
	for (i = 0; i < nr_blocks; i++) {
		if (add_block()) {
			platform_exit();
			return -ENOMEM;
		}
	}
	platform_direct_map_fail(-1, -1);
	return 0;
}

static bool page_is_free(int i)
{
	return folio_ref_count(page_folio(pool.pages[i].page)) == 1;
}

static struct folio *take(int i)
{
	struct folio *folio = page_folio(pool.pages[i].page);

	folio_get(folio);
	folio->private = NULL;
	return folio;
}

struct folio *platform_alloc_folio(void)
{
	struct folio *folio = NULL;
	int i;

	mutex_lock(&pool.lock);
	for (i = 0; i < pool.nr && !folio; i++) {
		pool.next = (pool.next + 1) % pool.nr;
		if (page_is_free(pool.next))
			folio = take(pool.next);
	}
	mutex_unlock(&pool.lock);
	return folio;
}

static bool block_is_free(int first)
{
	int i;

	for (i = 0; i < PLATFORM_BLOCK_PAGES; i++) {
		if (!page_is_free(first + i))
			return false;
	}
	return true;
}

int platform_alloc_block(struct folio **folios)
{
	int first, i, r = -ENOMEM;

	mutex_lock(&pool.lock);
	for (first = 0; first < pool.nr && !block_is_free(first);)
		first += PLATFORM_BLOCK_PAGES;
	if (first < pool.nr) {
		for (i = 0; i < PLATFORM_BLOCK_PAGES; i++)
			folios[i] = take(first + i);
		r = 0;
	}
	mutex_unlock(&pool.lock);
	return r;
}

int platform_free_folios(void)
{
	int i, nr = 0;

	for (i = 0; i < pool.nr; i++)
		nr += page_is_free(i);
	return nr;
}

void *platform_guest_address(unsigned long pfn)
{
	return page_address(pfn_to_page(pfn));
}

void *platform_direct_map_address(struct folio *folio)
{
	struct pool_page *p = pool_page(folio);

	return p->was_zapped ? p->mapped : page_address(p->page);
}

void platform_direct_map_fail(int zap, int restore)
{
	WRITE_ONCE(pool.zaps_left, zap);
	WRITE_ONCE(pool.restores_left, restore);
}

static bool fails_now(int *left)
{
	int n = READ_ONCE(*left);

	if (n >= 0)
		WRITE_ONCE(*left, n - 1);
	return n == 0;
}

int platform_direct_map_zap(struct folio *folio)
{
	struct pool_page *p = pool_page(folio);

	WARN_ON_ONCE(!folio_test_locked(folio));
	if (fails_now(&pool.zaps_left))
		return -ENOMEM;
	if (p->mapped)
		vunmap(p->mapped);
	p->mapped = NULL;
	p->was_zapped = true;
	return 0;
}

int platform_direct_map_restore(struct folio *folio)
{
	struct pool_page *p = pool_page(folio);

	WARN_ON_ONCE(!folio_test_locked(folio));
	if (fails_now(&pool.restores_left))
		return -ENOMEM;
	if (p->was_zapped && !p->mapped)
		p->mapped = vmap(&p->page, 1, VM_MAP, PAGE_KERNEL);
	return p->was_zapped && !p->mapped ? -ENOMEM : 0;
}

/* vunmap() leaves the flush for later */
void platform_direct_map_flush(struct folio *folio)
{
	WARN_ON_ONCE(!folio_test_locked(folio));
	vm_unmap_aliases();
}

bool platform_direct_map_present(struct folio *folio)
{
	char c;

	return !copy_from_kernel_nofault(&c, platform_direct_map_address(folio), 1);
}
