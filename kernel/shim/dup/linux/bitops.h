/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_BITOPS_H
#define SHIM_LINUX_BITOPS_H

#include <linux/compiler.h>
#include <linux/kernel.h>

#define BITS_PER_LONG		((int)(8 * sizeof(long)))
#define BITS_TO_LONGS(n)	DIV_ROUND_UP(n, BITS_PER_LONG)
#define DECLARE_BITMAP(name, n)	unsigned long name[BITS_TO_LONGS(n)]

static inline unsigned long shim_bit(unsigned long nr)
{
	return 1UL << (nr % BITS_PER_LONG);
}

static inline void set_bit(unsigned long nr, unsigned long *map)
{
	__atomic_fetch_or(&map[nr / BITS_PER_LONG], shim_bit(nr), __ATOMIC_SEQ_CST);
}

static inline void clear_bit(unsigned long nr, unsigned long *map)
{
	__atomic_fetch_and(&map[nr / BITS_PER_LONG], ~shim_bit(nr), __ATOMIC_SEQ_CST);
}

static inline bool test_bit(unsigned long nr, const unsigned long *map)
{
	return READ_ONCE(map[nr / BITS_PER_LONG]) & shim_bit(nr);
}

/* The forms with two underscores are for maps that a lock protects. */
static inline bool __test_and_set_bit(unsigned long nr, unsigned long *map)
{
	bool was = map[nr / BITS_PER_LONG] & shim_bit(nr);

	map[nr / BITS_PER_LONG] |= shim_bit(nr);
	return was;
}

static inline void __clear_bit(unsigned long nr, unsigned long *map)
{
	map[nr / BITS_PER_LONG] &= ~shim_bit(nr);
}

static inline unsigned long shim_find_bit(const unsigned long *map, unsigned long size,
					  unsigned long from)
{
	while (from < size && !test_bit(from, map))
		from++;
	return from < size ? from : size;
}

static inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

#define for_each_set_bit(bit, map, size)				\
	for ((bit) = shim_find_bit(map, size, 0); (bit) < (size);	\
	     (bit) = shim_find_bit(map, size, (bit) + 1))

#endif
