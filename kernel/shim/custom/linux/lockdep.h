/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who holds what.  Every lock of the shim enters here when it is taken and when it
 * is dropped; what is missing, taken twice, or taken in the wrong order stops the
 * program with what the thread holds.
 */
#ifndef SHIM_LINUX_LOCKDEP_H
#define SHIM_LINUX_LOCKDEP_H

#include <linux/types.h>

enum held_kind { HELD_SLEEPING, HELD_SPINNING, HELD_SRCU };
enum held_mode { HELD_ANY, HELD_READ, HELD_WRITE };

/**
 * struct lockdep_map - the identity of one lock
 * @name: as it was written at its initialisation; locks of one name are a class
 * @kind: what may be done while it is held
 * @class: index of the class in the order graph
 */
struct lockdep_map {
	const char *name;
	enum held_kind kind;
	int class;
};

void held_init(struct lockdep_map *map, const char *name, enum held_kind kind);
/* held_before - what must be true before the thread may wait for the lock */
void held_before(struct lockdep_map *map, enum held_mode mode);
void held_acquired(struct lockdep_map *map, enum held_mode mode);
void held_released(struct lockdep_map *map, enum held_mode mode);
bool held_test(const struct lockdep_map *map, enum held_mode mode);
void held_assert(bool ok, const char *need, const char *func, const char *file, int line);
void held_grace_period(struct lockdep_map *srcu);
/* held_nothing - stop the program if the thread still holds something */
void held_nothing(const char *where);

/*
 * shim_before_lock - let a test do something at the worst moment: just before this thread
 * takes the lock, once
 */
void shim_before_lock(const struct lockdep_map *map, void (*func)(void *arg), void *arg);

/* Sections without an object: RCU read side, interrupts off */
void held_atomic_enter(const char *what);
void held_atomic_exit(const char *what);
bool held_atomic(const char *what);
void held_might_sleep(const char *what);

#define might_sleep()	held_might_sleep(__func__)

#define lockdep_is_held(l)	held_test(&(l)->dep_map, HELD_ANY)
#define lockdep_is_held_type(l, r) \
	held_test(&(l)->dep_map, (r) ? HELD_READ : HELD_WRITE)

#define lockdep_assert(c) \
	held_assert(c, #c, __func__, __FILE__, __LINE__)
#define lockdep_assert_once(c)		lockdep_assert(c)
#define lockdep_assert_held(l) \
	held_assert(lockdep_is_held(l), #l, __func__, __FILE__, __LINE__)
#define lockdep_assert_held_write(l) \
	held_assert(held_test(&(l)->dep_map, HELD_WRITE), #l " for write", \
		    __func__, __FILE__, __LINE__)
#define lockdep_assert_held_read(l) \
	held_assert(held_test(&(l)->dep_map, HELD_READ), #l " for read", \
		    __func__, __FILE__, __LINE__)
#define lockdep_assert_not_held(l) \
	held_assert(!lockdep_is_held(l), "not " #l, __func__, __FILE__, __LINE__)

#endif
