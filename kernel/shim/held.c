// SPDX-License-Identifier: GPL-2.0-only
/*
 * The locks that each thread holds, and the order in which classes were taken.
 *
 * Four things stop the program: a lock taken twice, a lock dropped by a thread that
 * does not hold it, a wait under a spinning lock, and an order that closes a cycle
 * with an order seen before.  The report names what is held.
 */
#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../bench/shim.h"

#define MAX_HELD	32
#define MAX_CLASSES	64

struct held_lock {
	struct lockdep_map *map;
	enum held_mode mode;
	int depth;
};

struct held_thread {
	struct held_lock lock[MAX_HELD];
	int nr;
	const char *atomic[MAX_HELD];
	int nr_atomic;
};

static __thread struct held_thread me;

/* For the benchmark: whatever is asked, all is well. */
static bool unchecked;

void shim_check(bool on)
{
	unchecked = !on;
}

/* Classes and what was seen of them; one mutex guards all four. */
static pthread_mutex_t graph_lock = PTHREAD_MUTEX_INITIALIZER;
static const char *class_name[MAX_CLASSES];
static int nr_classes;
static bool after[MAX_CLASSES][MAX_CLASSES];	/* [outer][inner], closed under paths */
static bool waited_under[MAX_CLASSES][MAX_CLASSES];	/* [srcu][lock of an updater] */
static bool taken_inside[MAX_CLASSES][MAX_CLASSES];	/* [srcu][lock of a reader] */

static const char *mode_name(enum held_mode mode)
{
	return mode == HELD_WRITE ? "write" : mode == HELD_READ ? "read" : "any";
}

static void __attribute__((noreturn)) stop(void)
{
	fprintf(stderr, "  this thread holds:");
	for (int i = 0; i < me.nr; i++)
		fprintf(stderr, " %s (%s)", me.lock[i].map->name, mode_name(me.lock[i].mode));
	for (int i = 0; i < me.nr_atomic; i++)
		fprintf(stderr, " %s", me.atomic[i]);
	fprintf(stderr, "%s\n", me.nr || me.nr_atomic ? "" : " nothing");
	abort();
}

static struct held_lock *held_find(const struct lockdep_map *map)
{
	for (int i = me.nr; i-- > 0;) {
		if (me.lock[i].map == map)
			return &me.lock[i];
	}
	return NULL;
}

void held_init(struct lockdep_map *map, const char *name, enum held_kind kind)
{
	int class;

	/* "&kvm->mmu_lock" and "&vm->mmu_lock" are one class: the member names it */
	for (const char *p = name; *p; p++) {
		if (*p == '>' || *p == '.' || *p == '&')
			name = p + 1;
	}
	pthread_mutex_lock(&graph_lock);
	for (class = 0; class < nr_classes; class++) {
		if (!strcmp(class_name[class], name))
			break;
	}
	if (class == MAX_CLASSES) {
		fprintf(stderr, "lock %s: more than %d classes\n", name, MAX_CLASSES);
		abort();
	}
	if (class == nr_classes)
		class_name[nr_classes++] = name;
	pthread_mutex_unlock(&graph_lock);

	map->name = name;
	map->kind = kind;
	map->class = class;
}

static void order_broken(const struct lockdep_map *outer, const struct lockdep_map *inner)
{
	fprintf(stderr, "lock order: %s is taken inside %s, and was taken outside it before\n",
		inner->name, outer->name);
	stop();
}

/* Add outer -> inner, and with it each path that it completes. */
static void order_add(int outer, int inner)
{
	if (after[outer][inner])
		return;
	for (int a = 0; a < nr_classes; a++) {
		if (a != outer && !after[a][outer])
			continue;
		for (int b = 0; b < nr_classes; b++) {
			if (b == inner || after[inner][b])
				after[a][b] = true;
		}
	}
}

/* A reader that waits for a lock under which somebody waits for readers. */
static void srcu_check(const struct lockdep_map *srcu, const struct lockdep_map *lock)
{
	if (!waited_under[srcu->class][lock->class] || !taken_inside[srcu->class][lock->class])
		return;
	fprintf(stderr, "deadlock: %s is taken inside %s, and a grace period of %s is waited for under it\n",
		lock->name, srcu->name, srcu->name);
	stop();
}

static void order_check(struct lockdep_map *map)
{
	pthread_mutex_lock(&graph_lock);
	for (int i = 0; i < me.nr; i++) {
		struct lockdep_map *outer = me.lock[i].map;

		if (outer->kind == HELD_SRCU) {
			taken_inside[outer->class][map->class] = true;
			srcu_check(outer, map);
			continue;
		}
		if (after[map->class][outer->class] && map->class != outer->class)
			order_broken(outer, map);
		order_add(outer->class, map->class);
	}
	pthread_mutex_unlock(&graph_lock);
}

void held_might_sleep(const char *what)
{
	bool atomic = me.nr_atomic;

	if (unchecked)
		return;
	for (int i = 0; i < me.nr; i++)
		atomic |= me.lock[i].map->kind == HELD_SPINNING;
	if (!atomic)
		return;
	fprintf(stderr, "%s() may sleep, and that is forbidden here\n", what);
	stop();
}

static __thread struct {
	const struct lockdep_map *map;
	void (*func)(void *arg);
	void *arg;
} hook;

void shim_before_lock(const struct lockdep_map *map, void (*func)(void *arg), void *arg)
{
	hook.map = map;
	hook.func = func;
	hook.arg = arg;
}

static void run_hook(const struct lockdep_map *map)
{
	if (hook.map != map)
		return;
	hook.map = NULL;
	hook.func(hook.arg);
}

void held_before(struct lockdep_map *map, enum held_mode mode)
{
	if (unchecked)
		return;
	run_hook(map);
	if (!map->name) {
		fprintf(stderr, "a lock is taken before it is initialised\n");
		stop();
	}
	if (map->kind == HELD_SLEEPING)
		held_might_sleep(map->name);
	if (map->kind == HELD_SRCU)
		return;
	if (held_find(map)) {
		fprintf(stderr, "%s is taken (%s) by its holder\n", map->name, mode_name(mode));
		stop();
	}
	order_check(map);
}

void held_acquired(struct lockdep_map *map, enum held_mode mode)
{
	struct held_lock *held;

	if (unchecked)
		return;
	held = held_find(map);
	if (held) {	/* SRCU read sections nest */
		held->depth++;
		return;
	}
	if (me.nr == MAX_HELD) {
		fprintf(stderr, "%s: more than %d locks are held\n", map->name, MAX_HELD);
		stop();
	}
	me.lock[me.nr++] = (struct held_lock){ .map = map, .mode = mode, .depth = 1 };
}

void held_released(struct lockdep_map *map, enum held_mode mode)
{
	struct held_lock *held;

	if (unchecked)
		return;
	held = held_find(map);
	if (!held || held->mode != mode) {
		fprintf(stderr, "%s is dropped (%s) by a thread that does not hold it so\n",
			map->name ? map->name : "a lock", mode_name(mode));
		stop();
	}
	if (--held->depth)
		return;
	memmove(held, held + 1, (&me.lock[me.nr] - (held + 1)) * sizeof(*held));
	me.nr--;
}

bool held_test(const struct lockdep_map *map, enum held_mode mode)
{
	struct held_lock *held;

	if (unchecked)
		return true;
	held = held_find(map);
	return held && (mode == HELD_ANY || held->mode == mode);
}

void held_assert(bool ok, const char *need, const char *func, const char *file, int line)
{
	if (ok || unchecked)
		return;
	fprintf(stderr, "%s:%d: %s() needs %s\n", file, line, func, need);
	stop();
}

void held_grace_period(struct lockdep_map *srcu)
{
	if (unchecked)
		return;
	held_might_sleep("synchronize_srcu");
	if (held_find(srcu)) {
		fprintf(stderr, "a reader of %s waits for its own end\n", srcu->name);
		stop();
	}
	pthread_mutex_lock(&graph_lock);
	for (int i = 0; i < me.nr; i++) {
		waited_under[srcu->class][me.lock[i].map->class] = true;
		srcu_check(srcu, me.lock[i].map);
	}
	pthread_mutex_unlock(&graph_lock);
}

void held_nothing(const char *where)
{
	if (!me.nr && !me.nr_atomic)
		return;
	fprintf(stderr, "%s ends with locks held\n", where);
	stop();
}

void held_atomic_enter(const char *what)
{
	if (unchecked)
		return;
	if (me.nr_atomic == MAX_HELD) {
		fprintf(stderr, "%s: too deep\n", what);
		stop();
	}
	me.atomic[me.nr_atomic++] = what;
}

void held_atomic_exit(const char *what)
{
	if (unchecked)
		return;
	for (int i = me.nr_atomic; i-- > 0;) {
		if (strcmp(me.atomic[i], what))
			continue;
		memmove(&me.atomic[i], &me.atomic[i + 1],
			(me.nr_atomic - i - 1) * sizeof(me.atomic[0]));
		me.nr_atomic--;
		return;
	}
	fprintf(stderr, "%s ends without having begun\n", what);
	stop();
}

bool held_atomic(const char *what)
{
	if (unchecked)
		return true;
	for (int i = 0; i < me.nr_atomic; i++) {
		if (!strcmp(me.atomic[i], what))
			return true;
	}
	return false;
}
