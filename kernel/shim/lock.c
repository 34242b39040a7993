// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's locks over POSIX ones.  Each enters what it does in held.c: before
 * the wait, so that a deadlock is reported and not run into.
 */
#include <linux/compiler.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

#include <unistd.h>

#include "../bench/shim.h"

void smp_mb(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

void smp_rmb(void)
{
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
}

void smp_wmb(void)
{
	__atomic_thread_fence(__ATOMIC_RELEASE);
}

void shim_mutex_init(struct mutex *l, const char *name)
{
	pthread_mutex_init(&l->lock, NULL);
	held_init(&l->dep_map, name, HELD_SLEEPING);
}

void mutex_lock(struct mutex *l)
{
	held_before(&l->dep_map, HELD_WRITE);
	pthread_mutex_lock(&l->lock);
	held_acquired(&l->dep_map, HELD_WRITE);
}

void mutex_unlock(struct mutex *l)
{
	held_released(&l->dep_map, HELD_WRITE);
	pthread_mutex_unlock(&l->lock);
}

/* Who has a spinlock is soon through with it, unless he has lost his CPU: spin, then sleep. */
void shim_spin_lock_init(spinlock_t *l, const char *name)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ADAPTIVE_NP);
	pthread_mutex_init(&l->lock, &attr);
	pthread_mutexattr_destroy(&attr);
	held_init(&l->dep_map, name, HELD_SPINNING);
}

/* For the benchmark: what a lock costs is seen by leaving it out. */
static const struct lockdep_map *left_out;

void shim_leave_out(const struct lockdep_map *map)
{
	left_out = map;
}

void spin_lock(spinlock_t *l)
{
	if (left_out == &l->dep_map)
		return;
	held_before(&l->dep_map, HELD_WRITE);
	pthread_mutex_lock(&l->lock);
	held_acquired(&l->dep_map, HELD_WRITE);
}

void spin_unlock(spinlock_t *l)
{
	if (left_out == &l->dep_map)
		return;
	held_released(&l->dep_map, HELD_WRITE);
	pthread_mutex_unlock(&l->lock);
}

void shim_rwlock_init(rwlock_t *l, const char *name)
{
	shim_rw_init(&l->lock);
	held_init(&l->dep_map, name, HELD_SPINNING);
}

static int force_every;
static int force_count;

void shim_force_yield(int n)
{
	WRITE_ONCE(force_every, n);
}

static bool forced(int n)
{
	return n && __atomic_add_fetch(&force_count, 1, __ATOMIC_RELAXED) % n == 0;
}

/*
 * What was looked up before a lock may be stale when it is taken: be late at times, so
 * that it is.
 */
static void dawdle(void)
{
	if (forced(READ_ONCE(force_every)))
		usleep(50);
}

void read_lock(rwlock_t *l)
{
	held_before(&l->dep_map, HELD_READ);
	dawdle();
	shim_read_lock(&l->lock);
	held_acquired(&l->dep_map, HELD_READ);
}

void read_unlock(rwlock_t *l)
{
	held_released(&l->dep_map, HELD_READ);
	shim_read_unlock(&l->lock);
}

void write_lock(rwlock_t *l)
{
	held_before(&l->dep_map, HELD_WRITE);
	dawdle();
	shim_write_lock(&l->lock);
	held_acquired(&l->dep_map, HELD_WRITE);
}

void write_unlock(rwlock_t *l)
{
	held_released(&l->dep_map, HELD_WRITE);
	shim_write_unlock(&l->lock);
}

int rwlock_needbreak(rwlock_t *l)
{
	if (forced(READ_ONCE(force_every)))
		return 1;
	return READ_ONCE(l->lock.waiting) > 0;
}

int cond_resched_rwlock_read(rwlock_t *l)
{
	read_unlock(l);
	held_might_sleep(__func__);
	sched_yield();
	read_lock(l);
	return 1;
}

int cond_resched_rwlock_write(rwlock_t *l)
{
	write_unlock(l);
	held_might_sleep(__func__);
	sched_yield();
	write_lock(l);
	return 1;
}

void shim_rwsem_init(struct rw_semaphore *l, const char *name)
{
	shim_rw_init(&l->lock);
	held_init(&l->dep_map, name, HELD_SLEEPING);
}

void down_read(struct rw_semaphore *l)
{
	held_before(&l->dep_map, HELD_READ);
	shim_read_lock(&l->lock);
	held_acquired(&l->dep_map, HELD_READ);
}

void up_read(struct rw_semaphore *l)
{
	held_released(&l->dep_map, HELD_READ);
	shim_read_unlock(&l->lock);
}

void down_write(struct rw_semaphore *l)
{
	held_before(&l->dep_map, HELD_WRITE);
	shim_write_lock(&l->lock);
	held_acquired(&l->dep_map, HELD_WRITE);
}

void up_write(struct rw_semaphore *l)
{
	held_released(&l->dep_map, HELD_WRITE);
	shim_write_unlock(&l->lock);
}

void local_irq_disable(void)
{
	held_atomic_enter("interrupts off");
}

void local_irq_enable(void)
{
	held_atomic_exit("interrupts off");
}

/* Behind the lock: what a test does before it is taken may sleep. */
void read_lock_irq(rwlock_t *l)
{
	read_lock(l);
	local_irq_disable();
}

void read_unlock_irq(rwlock_t *l)
{
	local_irq_enable();
	read_unlock(l);
}

void write_lock_irq(rwlock_t *l)
{
	write_lock(l);
	local_irq_disable();
}

void write_unlock_irq(rwlock_t *l)
{
	local_irq_enable();
	write_unlock(l);
}
