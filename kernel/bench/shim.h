/* SPDX-License-Identifier: GPL-2.0-only */
/* What the shim does for the benchmark alone: leave out what is to be compared. */
#ifndef MMU_BENCH_SHIM_H
#define MMU_BENCH_SHIM_H

#include <linux/lockdep.h>

/* shim_check - check contracts and locks as they are used, or not; nothing is held */
void shim_check(bool on);

/* shim_leave_out - take a spinlock as if it was not there; NULL: all are there */
void shim_leave_out(const struct lockdep_map *map);

/*
 * shim_yield - give up the CPU in each cond_resched(), which mixes threads well, or in none
 * of them, as a kernel does whose CPU nobody else waits for
 */
void shim_yield(bool on);

#endif
