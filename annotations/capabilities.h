/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's locks as Clang's own lock analysis knows locks, for kernels before
 * 7.0: to be read in front of a file, by -include, together with
 *
 *	-D__MMUCHECK__ -Wthread-safety -Wno-thread-safety-attributes
 *
 * It replaces the functions that take and drop locks by ones that say so, and is
 * for -fsyntax-only: nothing that is compiled with it runs.
 */
#ifndef _MMUCHECK_CAPABILITIES_H
#define _MMUCHECK_CAPABILITIES_H

struct __attribute__((capability("mutex"))) mutex;
struct __attribute__((capability("spinlock"))) spinlock;
struct __attribute__((capability("raw_spinlock"))) raw_spinlock;
struct __attribute__((capability("rwsem"))) rw_semaphore;
struct __attribute__((capability("srcu"))) srcu_struct;

#include <linux/spinlock.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/srcu.h>
#include <linux/lockdep.h>

/* A record without a tag: its name alone can say it, once more. */
typedef rwlock_t rwlock_t __attribute__((capability("rwlock")));

#define __capability(verb, name, type)					\
	void __capability_##name(type *lock)				\
		__attribute__((verb##_capability(lock)))
#define __capability_try(kind, result, name, type)			\
	int __capability_##name(type *lock)				\
		__attribute__((try_acquire##kind##_capability(result, lock)))

__capability(acquire, write_lock, rwlock_t);
__capability(release, write_unlock, rwlock_t);
__capability(acquire_shared, read_lock, rwlock_t);
__capability(release_shared, read_unlock, rwlock_t);
__capability(acquire, spin_lock, spinlock_t);
__capability(release, spin_unlock, spinlock_t);
__capability_try(, 1, spin_trylock, spinlock_t);
__capability(acquire, raw_spin_lock, raw_spinlock_t);
__capability(release, raw_spin_unlock, raw_spinlock_t);
__capability(acquire, mutex_lock, struct mutex);
__capability(release, mutex_unlock, struct mutex);
__capability_try(, 1, mutex_trylock, struct mutex);
__capability_try(, 0, mutex_lock_killable, struct mutex);
__capability(acquire, down_write, struct rw_semaphore);
__capability(release, up_write, struct rw_semaphore);
__capability(acquire_shared, down_read, struct rw_semaphore);
__capability(release_shared, up_read, struct rw_semaphore);
int __capability_srcu_read_lock(struct srcu_struct *lock)
	__attribute__((acquire_shared_capability(lock)));
void __capability_srcu_read_unlock(struct srcu_struct *lock, int idx)
	__attribute__((release_shared_capability(lock)));

/* Who asserts that a lock is held has it from there on, as in mainline. */
#define __capability_held(name, type)					\
	void __capability_held_##name(const type *lock)			\
		__attribute__((assert_capability(lock)));		\
	void __capability_held_shared_##name(const type *lock)		\
		__attribute__((assert_shared_capability(lock)))

__capability_held(rwlock, rwlock_t);
__capability_held(spinlock, spinlock_t);
__capability_held(raw_spinlock, raw_spinlock_t);
__capability_held(mutex, struct mutex);
__capability_held(rwsem, struct rw_semaphore);
__capability_held(srcu, struct srcu_struct);
void __capability_held_other(const volatile void *lock);

#define __capability_by_type(l, rw)					\
	_Generic((l),							\
		rwlock_t *: __capability_held##rw##_rwlock,		\
		struct rw_semaphore *: __capability_held##rw##_rwsem,	\
		spinlock_t *: __capability_held_spinlock,		\
		raw_spinlock_t *: __capability_held_raw_spinlock,	\
		struct mutex *: __capability_held_mutex,		\
		struct srcu_struct *: __capability_held_shared_srcu,	\
		default: __capability_held_other)(l)

#undef lockdep_assert_held
#undef lockdep_assert_held_write
#undef lockdep_assert_held_read
#define lockdep_assert_held(l)		__capability_by_type(l, _shared)
#define lockdep_assert_held_write(l)	__capability_by_type(l, )
#define lockdep_assert_held_read(l)	__capability_by_type(l, _shared)

#undef write_lock
#undef write_lock_irq
#undef write_unlock
#undef write_unlock_irq
#undef read_lock
#undef read_lock_irq
#undef read_lock_irqsave
#undef read_unlock
#undef read_unlock_irq
#undef read_unlock_irqrestore
#undef raw_spin_lock
#undef raw_spin_lock_irqsave
#undef raw_spin_unlock
#undef raw_spin_unlock_irqrestore
#undef spin_lock_irqsave
#undef mutex_lock
#undef mutex_lock_nested
#undef mutex_lock_killable

#define write_lock(l)			__capability_write_lock(l)
#define write_lock_irq(l)		__capability_write_lock(l)
#define write_unlock(l)			__capability_write_unlock(l)
#define write_unlock_irq(l)		__capability_write_unlock(l)
#define read_lock(l)			__capability_read_lock(l)
#define read_lock_irq(l)		__capability_read_lock(l)
#define read_lock_irqsave(l, f)		((void)((f) = 0), __capability_read_lock(l))
#define read_unlock(l)			__capability_read_unlock(l)
#define read_unlock_irq(l)		__capability_read_unlock(l)
#define read_unlock_irqrestore(l, f)	((void)(f), __capability_read_unlock(l))
#define spin_lock(l)			__capability_spin_lock(l)
#define spin_lock_irq(l)		__capability_spin_lock(l)
#define spin_lock_irqsave(l, f)		((void)((f) = 0), __capability_spin_lock(l))
#define spin_unlock(l)			__capability_spin_unlock(l)
#define spin_unlock_irq(l)		__capability_spin_unlock(l)
#define spin_unlock_irqrestore(l, f)	((void)(f), __capability_spin_unlock(l))
#define spin_trylock(l)			__capability_spin_trylock(l)
#define raw_spin_lock(l)		__capability_raw_spin_lock(l)
#define raw_spin_lock_irqsave(l, f)	((void)((f) = 0), __capability_raw_spin_lock(l))
#define raw_spin_unlock(l)		__capability_raw_spin_unlock(l)
#define raw_spin_unlock_irqrestore(l, f) ((void)(f), __capability_raw_spin_unlock(l))
#define mutex_lock(l)			__capability_mutex_lock(l)
#define mutex_lock_nested(l, s)		__capability_mutex_lock(l)
#define mutex_unlock(l)			__capability_mutex_unlock(l)
#define mutex_trylock(l)		__capability_mutex_trylock(l)
#define mutex_lock_killable(l)		__capability_mutex_lock_killable(l)
#define down_write(l)			__capability_down_write(l)
#define up_write(l)			__capability_up_write(l)
#define down_read(l)			__capability_down_read(l)
#define up_read(l)			__capability_up_read(l)
#define srcu_read_lock(l)		__capability_srcu_read_lock(l)
#define srcu_read_unlock(l, i)		__capability_srcu_read_unlock(l, i)

#endif
