/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MUTEX_H
#define SHIM_LINUX_MUTEX_H

#include <linux/lockdep.h>
#include <pthread.h>

struct mutex {
	pthread_mutex_t lock;
	struct lockdep_map dep_map;
};

#define mutex_init(l)		shim_mutex_init(l, #l)

void shim_mutex_init(struct mutex *l, const char *name);
void mutex_lock(struct mutex *l);
void mutex_unlock(struct mutex *l);

#endif
