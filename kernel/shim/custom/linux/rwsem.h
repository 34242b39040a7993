/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_RWSEM_H
#define SHIM_LINUX_RWSEM_H

#include <linux/lockdep.h>
#include <shim/readers.h>

struct rw_semaphore {
	struct shim_rwlock lock;
	struct lockdep_map dep_map;
};

#define init_rwsem(l)		shim_rwsem_init(l, #l)

void shim_rwsem_init(struct rw_semaphore *l, const char *name);
void down_read(struct rw_semaphore *l);
void up_read(struct rw_semaphore *l);
void down_write(struct rw_semaphore *l);
void up_write(struct rw_semaphore *l);

#endif
