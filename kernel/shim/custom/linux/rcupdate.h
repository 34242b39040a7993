/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RCU for user space: liburcu (shim/rcu-urcu.c) or, where the sanitizer must see
 * each access, read sections counted as SRCU counts them (shim/rcu-counted.c).
 */
#ifndef SHIM_LINUX_RCUPDATE_H
#define SHIM_LINUX_RCUPDATE_H

#include <linux/compiler.h>
#include <linux/lockdep.h>

struct rcu_head {
	void *opaque[2];
};

void rcu_read_lock(void);
void rcu_read_unlock(void);
bool rcu_read_lock_held(void);
void synchronize_rcu(void);
/* rcu_barrier - wait until each callback that was given to call_rcu() has run */
void rcu_barrier(void);
void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));

#define rcu_access_pointer(p)	READ_ONCE(p)
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), v)
#define RCU_INIT_POINTER(p, v)	WRITE_ONCE(p, v)

#define rcu_dereference_check(p, c) ({					\
	held_assert((c) || rcu_read_lock_held(), "rcu_read_lock() for " #p, \
		    __func__, __FILE__, __LINE__);			\
	smp_load_acquire(&(p)); })
#define rcu_dereference(p)	rcu_dereference_check(p, false)
#define rcu_dereference_protected(p, c) ({				\
	held_assert(c, #c " for " #p, __func__, __FILE__, __LINE__);	\
	READ_ONCE(p); })

#endif
