// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory: a memfd mapped twice.  Simulated CPUs use the one view; the other is
 * the kernel's direct map, whose pages lose all access when they are zapped, so that
 * an access outside its scope is a real fault.
 */
#include <linux/bug.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../platform.h"

/* Physical addresses of the pool are above 4 GiB: none fits in 32 bits. */
#define POOL_FIRST_PFN	0x140000ul

/*
 * Nothing lies within so many bytes of the direct map.  A sanitizer calls a fault near
 * the stack pointer a stack overflow: with a thread's stack right beside the pool it
 * depended on the layout of the day what an access outside the scope was called.
 */
#define POOL_MARGIN	(1ul << 20)

static struct {
	pthread_mutex_t lock;
	char *guest, *direct;
	struct folio *folios;
	bool *free;
	int nr, nr_free, next;
	int zaps_left, restores_left;
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER, .zaps_left = -1, .restores_left = -1 };

static int warnings;

void shim_warn(const char *what, const char *file, int line, const char *func)
{
	__atomic_add_fetch(&warnings, 1, __ATOMIC_SEQ_CST);
	fprintf(stderr, "WARNING: %s:%d: %s(): %s\n", file, line, func, what);
}

int shim_warnings(void)
{
	return __atomic_exchange_n(&warnings, 0, __ATOMIC_SEQ_CST);
}

static void *alloc(size_t size, gfp_t flags)
{
	if (flags & GFP_KERNEL)
		held_might_sleep("an allocation");
	return calloc(1, size);
}

void *kzalloc(size_t size, gfp_t flags)
{
	return alloc(size, flags);
}

void *kvcalloc(size_t n, size_t size, gfp_t flags)
{
	return alloc(n * size, flags);
}

void *kmemdup(const void *from, size_t size, gfp_t flags)
{
	void *p = alloc(size, flags);

	return p ? memcpy(p, from, size) : NULL;
}

void kfree(const void *p)
{
	free((void *)p);
}

void kvfree(const void *p)
{
	free((void *)p);
}

unsigned long __get_free_page(gfp_t flags)
{
	void *p;

	if (flags & GFP_KERNEL)
		held_might_sleep("an allocation");
	p = aligned_alloc(PAGE_SIZE, 2 * PAGE_SIZE);
	if (!p)
		return 0;
	if (flags & __GFP_ZERO)
		memset(p, 0, PAGE_SIZE);
	set_page_private(virt_to_page(p), 0);
	return (unsigned long)p;
}

void free_page(unsigned long addr)
{
	free((void *)addr);
}

static void *map_with_margin(int fd, size_t size)
{
	char *area = mmap(NULL, size + 2 * POOL_MARGIN, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (area == MAP_FAILED)
		return MAP_FAILED;
	return mmap(area + POOL_MARGIN, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
}

static void unmap_with_margin(char *from, size_t size)
{
	munmap(from - POOL_MARGIN, size + 2 * POOL_MARGIN);
}

int platform_init(int nr_blocks)
{
	int nr = nr_blocks * PLATFORM_BLOCK_PAGES, fd = memfd_create("guest", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, (off_t)nr * PAGE_SIZE))
		return -ENOMEM;
	pool.guest = mmap(NULL, nr * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	pool.direct = map_with_margin(fd, nr * PAGE_SIZE);
	close(fd);
	if (pool.guest == MAP_FAILED || pool.direct == MAP_FAILED)
		return -ENOMEM;
	pool.folios = calloc(nr, sizeof(*pool.folios));
	pool.free = malloc(nr);
	pool.nr = pool.nr_free = nr;
	pool.next = 0;
	memset(pool.free, true, nr);
	for (int i = 0; i < nr; i++) {
		pthread_mutex_init(&pool.folios[i].lock, NULL);
		held_init(&pool.folios[i].dep_map, "folio", HELD_SLEEPING);
	}
	platform_direct_map_fail(-1, -1);
	return 0;
}

void platform_exit(void)
{
	munmap(pool.guest, pool.nr * PAGE_SIZE);
	unmap_with_margin(pool.direct, pool.nr * PAGE_SIZE);
	free(pool.folios);
	free(pool.free);
	pool.nr = pool.nr_free = 0;
}

static struct folio *take(int i)
{
	struct folio *folio = &pool.folios[i];

	pool.free[i] = false;
	pool.nr_free--;
	folio->private = NULL;
	WRITE_ONCE(folio->refs, 1);
	return folio;
}

struct folio *platform_alloc_folio(void)
{
	struct folio *folio = NULL;

	pthread_mutex_lock(&pool.lock);
	for (int i = 0; i < pool.nr && !folio; i++) {
		pool.next = (pool.next + 1) % pool.nr;
		if (pool.free[pool.next])
			folio = take(pool.next);
	}
	pthread_mutex_unlock(&pool.lock);
	return folio;
}

static bool block_is_free(int first)
{
	for (int i = 0; i < PLATFORM_BLOCK_PAGES; i++) {
		if (!pool.free[first + i])
			return false;
	}
	return true;
}

int platform_alloc_block(struct folio **folios)
{
	int first, r = -ENOMEM;

	pthread_mutex_lock(&pool.lock);
	for (first = 0; first < pool.nr && !block_is_free(first);)
		first += PLATFORM_BLOCK_PAGES;
	if (first < pool.nr) {
		for (int i = 0; i < PLATFORM_BLOCK_PAGES; i++)
			folios[i] = take(first + i);
		r = 0;
	}
	pthread_mutex_unlock(&pool.lock);
	return r;
}

int platform_free_folios(void)
{
	int nr;

	pthread_mutex_lock(&pool.lock);
	nr = pool.nr_free;
	pthread_mutex_unlock(&pool.lock);
	return nr;
}

void folio_get(struct folio *folio)
{
	WARN_ON(__atomic_add_fetch(&folio->refs, 1, __ATOMIC_SEQ_CST) <= 1);
}

void folio_put(struct folio *folio)
{
	int left = __atomic_sub_fetch(&folio->refs, 1, __ATOMIC_SEQ_CST);

	WARN_ON(left < 0);
	if (left)
		return;
	/* Who frees a page that the direct map lacks leaves a hole for the next user */
	WARN_ON(!platform_direct_map_present(folio));
	pthread_mutex_lock(&pool.lock);
	pool.free[folio - pool.folios] = true;
	pool.nr_free++;
	pthread_mutex_unlock(&pool.lock);
}

struct folio *pfn_folio(unsigned long pfn)
{
	if (pfn < POOL_FIRST_PFN || pfn >= POOL_FIRST_PFN + pool.nr)
		return NULL;
	return &pool.folios[pfn - POOL_FIRST_PFN];
}

unsigned long folio_pfn(const struct folio *folio)
{
	return POOL_FIRST_PFN + (folio - pool.folios);
}

void folio_lock(struct folio *folio)
{
	held_before(&folio->dep_map, HELD_WRITE);
	pthread_mutex_lock(&folio->lock);
	held_acquired(&folio->dep_map, HELD_WRITE);
}

void folio_unlock(struct folio *folio)
{
	held_released(&folio->dep_map, HELD_WRITE);
	pthread_mutex_unlock(&folio->lock);
}

bool folio_test_locked(const struct folio *folio)
{
	return held_test(&folio->dep_map, HELD_WRITE);
}

void *platform_guest_address(unsigned long pfn)
{
	return pool.guest + (pfn - POOL_FIRST_PFN) * PAGE_SIZE;
}

void *platform_direct_map_address(struct folio *folio)
{
	return pool.direct + (folio - pool.folios) * PAGE_SIZE;
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

static int protect(struct folio *folio, int prot)
{
	held_assert(folio_test_locked(folio), "the folio lock", __func__, __FILE__, __LINE__);
	return mprotect(platform_direct_map_address(folio), PAGE_SIZE, prot) ? -errno : 0;
}

int platform_direct_map_zap(struct folio *folio)
{
	return fails_now(&pool.zaps_left) ? -ENOMEM : protect(folio, PROT_NONE);
}

int platform_direct_map_restore(struct folio *folio)
{
	return fails_now(&pool.restores_left) ? -ENOMEM : protect(folio, PROT_READ | PROT_WRITE);
}

/* mprotect() has flushed: nothing stale is left when it returns */
void platform_direct_map_flush(struct folio *folio)
{
	held_assert(folio_test_locked(folio), "the folio lock", __func__, __FILE__, __LINE__);
}

/* The probe: a byte written to a pipe from the page; EFAULT says it is not there. */
bool platform_direct_map_present(struct folio *folio)
{
	int pipes[2];
	bool ok;

	if (pipe(pipes))
		abort();
	ok = write(pipes[1], platform_direct_map_address(folio), 1) == 1;
	close(pipes[0]);
	close(pipes[1]);
	return ok;
}
