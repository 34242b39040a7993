/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_SPINLOCK_H
#define SHIM_LINUX_SPINLOCK_H

#include <linux/lockdep.h>
#include <pthread.h>
#include <shim/readers.h>

typedef struct spinlock {
	pthread_mutex_t lock;
	struct lockdep_map dep_map;
} spinlock_t;

typedef struct {
	struct shim_rwlock lock;
	struct lockdep_map dep_map;
} rwlock_t;

#define spin_lock_init(l)	shim_spin_lock_init(l, #l)
#define rwlock_init(l)		shim_rwlock_init(l, #l)

void shim_spin_lock_init(spinlock_t *l, const char *name);
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);

void shim_rwlock_init(rwlock_t *l, const char *name);
void read_lock(rwlock_t *l);
void read_unlock(rwlock_t *l);
void write_lock(rwlock_t *l);
void write_unlock(rwlock_t *l);
void read_lock_irq(rwlock_t *l);
void read_unlock_irq(rwlock_t *l);
void write_lock_irq(rwlock_t *l);
void write_unlock_irq(rwlock_t *l);

/* rwlock_needbreak - somebody waits for the lock, or a test wants a yield */
int rwlock_needbreak(rwlock_t *l);
int cond_resched_rwlock_read(rwlock_t *l);
int cond_resched_rwlock_write(rwlock_t *l);

/*
 * shim_force_yield - let every n-th question for a yield be answered with yes, and every
 * n-th rwlock be waited for
 */
void shim_force_yield(int n);
#define need_resched()		false

void local_irq_disable(void);
void local_irq_enable(void);

#endif
