// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's RCU calls over liburcu; held.c knows who is in a read section. */
#include <linux/rcupdate.h>

void shim_urcu_read_lock(void);
void shim_urcu_read_unlock(void);
void shim_urcu_synchronize(void);
void shim_urcu_barrier(void);
void shim_urcu_call(void *head, void (*func)(void *head));

void rcu_read_lock(void)
{
	shim_urcu_read_lock();
	held_atomic_enter("rcu_read_lock()");
}

void rcu_read_unlock(void)
{
	held_atomic_exit("rcu_read_lock()");
	shim_urcu_read_unlock();
}

bool rcu_read_lock_held(void)
{
	return held_atomic("rcu_read_lock()");
}

void synchronize_rcu(void)
{
	held_might_sleep(__func__);
	shim_urcu_synchronize();
}

void rcu_barrier(void)
{
	held_might_sleep(__func__);
	shim_urcu_barrier();
}

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	shim_urcu_call(head, (void (*)(void *))func);
}
