/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What user space and the kernel must each do in their own way: the pool of pages
 * that guests are made of, and its direct map.  Implemented by shim/memory.c over a
 * memfd and by platform_kernel.c over vmap().
 */
#ifndef MMU_PLATFORM_H
#define MMU_PLATFORM_H

/* Pages of one pool block: one 2 MiB page of the host */
#define PLATFORM_BLOCK_PAGES	512

/**
 * platform_init() - make the pool
 * @nr_blocks: its size, in blocks of PLATFORM_BLOCK_PAGES contiguous aligned pages
 *
 * Nobody uses it yet: needs no lock.
 *
 * Return: 0 or -ENOMEM.
 */
int platform_init(int nr_blocks);

/**
 * platform_exit() - free the pool
 *
 * Nobody uses it any more: needs no lock.
 */
void platform_exit(void);

/**
 * platform_alloc_folio() - take one page out of the pool
 *
 * Takes a lock of the pool's own; may sleep.
 *
 * Return: a folio with one reference, in the direct map, with the contents that its
 * last user left there; NULL if the pool is empty.  folio_put() gives it back.
 */
struct folio *platform_alloc_folio(void);

/**
 * platform_alloc_block() - take a whole block out of the pool
 * @folios: receives PLATFORM_BLOCK_PAGES folios, in order of their pfn
 *
 * Takes a lock of the pool's own; may sleep.
 *
 * Return: 0 or -ENOMEM.
 */
int platform_alloc_block(struct folio **folios);

/**
 * platform_free_folios() - how much of the pool is free
 *
 * True if nobody takes pages or gives them back meanwhile; takes a lock of the pool's own.
 *
 * Return: number of pages.
 */
int platform_free_folios(void);

/**
 * platform_guest_address() - where a simulated CPU finds a page of the pool
 * @pfn: the page
 *
 * The hardware does not go through the kernel's direct map, and so reaches the page
 * whether or not the direct map has it.  For simulated CPUs only.  Needs no lock.
 *
 * Return: its address.
 */
void *platform_guest_address(unsigned long pfn);

/**
 * platform_direct_map_address() - the kernel's address of a page of the pool
 * @folio: the page
 *
 * An access through it faults unless the page is in the direct map.  Needs the folio lock
 * if the page may leave it or come back meanwhile.
 *
 * Return: the address.
 */
void *platform_direct_map_address(struct folio *folio);

/**
 * platform_direct_map_zap() - take a page out of the direct map
 * @folio: the page
 *
 * Needs the folio lock.  Stale entries stay until
 * platform_direct_map_flush().
 *
 * Return: 0 or a negative error, and the page is then still in the direct map.
 */
int platform_direct_map_zap(struct folio *folio);

/**
 * platform_direct_map_restore() - put a page back into the direct map
 * @folio: the page
 *
 * Needs the folio lock.
 *
 * Return: 0 or a negative error, and the page is then still out of the direct map.
 */
int platform_direct_map_restore(struct folio *folio);

/**
 * platform_direct_map_flush() - let no CPU reach a page by an old entry
 * @folio: the page, which was zapped
 *
 * Needs the folio lock.
 */
void platform_direct_map_flush(struct folio *folio);

/**
 * platform_direct_map_present() - does a read through the direct map work
 * @folio: the page
 *
 * For tests.  Needs the folio lock if that may change meanwhile.
 *
 * Return: whether it does.
 */
bool platform_direct_map_present(struct folio *folio);

/**
 * platform_direct_map_fail() - let calls fail, for tests
 * @zap: number of calls of platform_direct_map_zap() to let pass before one fails,
 *	 negative for never
 * @restore: the same for platform_direct_map_restore()
 *
 * Needs no lock, as long as one thread alone counts on it.
 */
void platform_direct_map_fail(int zap, int restore);

#endif
