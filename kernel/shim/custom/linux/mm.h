/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Host memory.  A page for a page table is ordinary memory whose address is its
 * physical address; a page for a guest lies in a memfd (see platform.h).
 */
#ifndef SHIM_LINUX_MM_H
#define SHIM_LINUX_MM_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/lockdep.h>
#include <linux/slab.h>
#include <pthread.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#define __pa(p)		((unsigned long)(p))
#define __va(pa)	((void *)(unsigned long)(pa))

/**
 * struct page - what the kernel keeps beside a page that holds a page table
 * @private: belongs to the owner of the page
 *
 * Lies right behind the page.
 */
struct page {
	unsigned long private;
};

#define virt_to_page(p)	((struct page *)((char *)(p) + PAGE_SIZE))
#define pfn_to_page(pfn)	virt_to_page(__va((pfn) << PAGE_SHIFT))
#define page_private(page)	((page)->private)
#define set_page_private(page, v)	((page)->private = (v))

unsigned long __get_free_page(gfp_t flags);
void free_page(unsigned long addr);

/**
 * struct folio - one page of guest memory
 * @private: belongs to the owner of the folio; guarded by the folio lock
 */
struct folio {
	void *private;
	int refs;
	pthread_mutex_t lock;
	struct lockdep_map dep_map;
};

void folio_lock(struct folio *folio);
void folio_unlock(struct folio *folio);
/* Stricter than the kernel's: locked by the thread that asks */
bool folio_test_locked(const struct folio *folio);
void folio_get(struct folio *folio);
void folio_put(struct folio *folio);
struct folio *pfn_folio(unsigned long pfn);
unsigned long folio_pfn(const struct folio *folio);

#define VM_WARN_ON_FOLIO(c, folio)	((void)WARN_ON((folio) && (c)))

#endif
