/* SPDX-License-Identifier: GPL-2.0-only */
/* SRCU with real grace periods: two counted generations of readers. */
#ifndef SHIM_LINUX_SRCU_H
#define SHIM_LINUX_SRCU_H

#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <pthread.h>
#include <shim/readers.h>

struct srcu_struct {
	unsigned int current_index;
	struct shim_slot readers[SHIM_SLOTS];	/* nr[] by index */
	pthread_mutex_t one_updater;
	struct lockdep_map dep_map;
};

#define init_srcu_struct(s)	shim_srcu_init(s, #s)

int shim_srcu_init(struct srcu_struct *s, const char *name);
/* shim_srcu_enter, _exit - be a reader, unknown to held.c */
int shim_srcu_enter(struct srcu_struct *s);
void shim_srcu_exit(struct srcu_struct *s, int index);
void cleanup_srcu_struct(struct srcu_struct *s);
int srcu_read_lock(struct srcu_struct *s);
void srcu_read_unlock(struct srcu_struct *s, int index);
int srcu_read_lock_held(const struct srcu_struct *s);
void synchronize_srcu(struct srcu_struct *s);
void synchronize_srcu_expedited(struct srcu_struct *s);

#define srcu_dereference_check(p, s, c) ({				\
	held_assert((c) || srcu_read_lock_held(s), "srcu " #s " for " #p, \
		    __func__, __FILE__, __LINE__);			\
	smp_load_acquire(&(p)); })
#define srcu_dereference(p, s)	srcu_dereference_check(p, s, false)

#endif
