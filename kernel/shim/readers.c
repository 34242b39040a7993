// SPDX-License-Identifier: GPL-2.0-only
/* Locks for read and for write whose readers do not meet. */
#include <linux/compiler.h>
#include <sched.h>
#include <shim/readers.h>
#include <string.h>

int shim_slot(void)
{
	static __thread int mine;
	static int next;

	if (!mine)
		mine = 1 + __atomic_fetch_add(&next, 1, __ATOMIC_RELAXED) % SHIM_SLOTS;
	return mine - 1;
}

void shim_rw_init(struct shim_rwlock *l)
{
	memset(l, 0, sizeof(*l));
	pthread_mutex_init(&l->writers, NULL);
}

static void wait_for_writers(struct shim_rwlock *l)
{
	__atomic_add_fetch(&l->waiting, 1, __ATOMIC_RELAXED);
	pthread_mutex_lock(&l->writers);
	__atomic_sub_fetch(&l->waiting, 1, __ATOMIC_RELAXED);
}

/* A reader counts itself and then looks; a writer says that he is there and then counts. */
void shim_read_lock(struct shim_rwlock *l)
{
	unsigned long *nr = &l->readers[shim_slot()].nr[0];

	__atomic_add_fetch(nr, 1, __ATOMIC_SEQ_CST);
	if (!__atomic_load_n(&l->writer, __ATOMIC_SEQ_CST))
		return;
	__atomic_sub_fetch(nr, 1, __ATOMIC_SEQ_CST);
	wait_for_writers(l);
	__atomic_add_fetch(nr, 1, __ATOMIC_SEQ_CST);
	pthread_mutex_unlock(&l->writers);
}

void shim_read_unlock(struct shim_rwlock *l)
{
	__atomic_sub_fetch(&l->readers[shim_slot()].nr[0], 1, __ATOMIC_SEQ_CST);
}

void shim_write_lock(struct shim_rwlock *l)
{
	wait_for_writers(l);
	__atomic_store_n(&l->writer, 1, __ATOMIC_SEQ_CST);
	for (int i = 0; i < SHIM_SLOTS; i++) {
		while (__atomic_load_n(&l->readers[i].nr[0], __ATOMIC_SEQ_CST))
			sched_yield();
	}
}

void shim_write_unlock(struct shim_rwlock *l)
{
	__atomic_store_n(&l->writer, 0, __ATOMIC_SEQ_CST);
	pthread_mutex_unlock(&l->writers);
}
