/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Readers, each counted in a place of its own: two that come at the same time must not wait
 * for each other's cache line, or a lock for readers is as good as a mutex.
 */
#ifndef SHIM_READERS_H
#define SHIM_READERS_H

#include <pthread.h>

#define SHIM_SLOTS	8	/* threads beyond share them */

/* The counts of one slot, a cache line and more away from whatever is beside it */
struct shim_slot {
	char before[64];
	unsigned long nr[2];
	char after[64 - 2 * sizeof(unsigned long)];
};

/* shim_slot - the slot of this thread; who counted itself there leaves there */
int shim_slot(void);

/**
 * struct shim_rwlock - for read or for write; writers first, so that a stream of page faults
 *			does not keep a zap waiting for ever
 * @writers: held by who has the lock for write, or waits for readers to leave
 * @writer: there is one
 * @waiting: number of those who have to wait; see rwlock_needbreak()
 * @readers: how many there are, in nr[0]
 */
struct shim_rwlock {
	pthread_mutex_t writers;
	int writer;
	int waiting;
	struct shim_slot readers[SHIM_SLOTS];
};

void shim_rw_init(struct shim_rwlock *l);
void shim_read_lock(struct shim_rwlock *l);
void shim_read_unlock(struct shim_rwlock *l);
void shim_write_lock(struct shim_rwlock *l);
void shim_write_unlock(struct shim_rwlock *l);

#endif
