// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU: readers count themselves into one of two generations; who waits turns the
 * index and waits until the generation left behind is empty.
 */
#include <linux/srcu.h>
#include <string.h>

int shim_srcu_init(struct srcu_struct *s, const char *name)
{
	memset(s, 0, sizeof(*s));
	pthread_mutex_init(&s->one_updater, NULL);
	held_init(&s->dep_map, name, HELD_SRCU);
	return 0;
}

void cleanup_srcu_struct(struct srcu_struct *s)
{
	pthread_mutex_destroy(&s->one_updater);
}

int shim_srcu_enter(struct srcu_struct *s)
{
	int index = __atomic_load_n(&s->current_index, __ATOMIC_SEQ_CST) & 1;

	__atomic_add_fetch(&s->readers[shim_slot()].nr[index], 1, __ATOMIC_SEQ_CST);
	return index;
}

void shim_srcu_exit(struct srcu_struct *s, int index)
{
	__atomic_sub_fetch(&s->readers[shim_slot()].nr[index], 1, __ATOMIC_SEQ_CST);
}

int srcu_read_lock(struct srcu_struct *s)
{
	int index;

	held_before(&s->dep_map, HELD_READ);
	index = shim_srcu_enter(s);
	held_acquired(&s->dep_map, HELD_READ);
	return index;
}

void srcu_read_unlock(struct srcu_struct *s, int index)
{
	held_released(&s->dep_map, HELD_READ);
	shim_srcu_exit(s, index);
}

int srcu_read_lock_held(const struct srcu_struct *s)
{
	return held_test(&s->dep_map, HELD_READ);
}

static void wait_empty(struct srcu_struct *s, int index)
{
	for (int i = 0; i < SHIM_SLOTS; i++) {
		while (__atomic_load_n(&s->readers[i].nr[index], __ATOMIC_SEQ_CST))
			sched_yield();
	}
}

/*
 * A reader may have read the index and not yet counted itself when the index
 * turns.  It then counts in the old generation, late.  It began after the update,
 * so this wait may miss it; the next one must not, and so empties first the
 * generation that it is about to fill again.
 */
void synchronize_srcu(struct srcu_struct *s)
{
	int old;

	held_grace_period(&s->dep_map);
	pthread_mutex_lock(&s->one_updater);
	old = __atomic_load_n(&s->current_index, __ATOMIC_SEQ_CST) & 1;
	wait_empty(s, !old);
	__atomic_store_n(&s->current_index, !old, __ATOMIC_SEQ_CST);
	wait_empty(s, old);
	pthread_mutex_unlock(&s->one_updater);
}

void synchronize_srcu_expedited(struct srcu_struct *s)
{
	synchronize_srcu(s);
}
