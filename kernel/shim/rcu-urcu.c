// SPDX-License-Identifier: GPL-2.0-only
/* RCU by liburcu, in the flavour that needs no registration of threads. */
#include <urcu/urcu-bp.h>
#include <assert.h>

/* liburcu's names end here; the shim's header has its own struct rcu_head */
struct shim_rcu_storage {
	void *opaque[2];
};

static_assert(sizeof(struct rcu_head) <= sizeof(struct shim_rcu_storage),
	      "struct rcu_head of the shim is too small for liburcu's");

void shim_urcu_read_lock(void);
void shim_urcu_read_unlock(void);
void shim_urcu_synchronize(void);
void shim_urcu_barrier(void);
void shim_urcu_call(void *head, void (*func)(void *head));

void shim_urcu_read_lock(void)
{
	urcu_bp_read_lock();
}

void shim_urcu_read_unlock(void)
{
	urcu_bp_read_unlock();
}

void shim_urcu_synchronize(void)
{
	urcu_bp_synchronize_rcu();
}

void shim_urcu_barrier(void)
{
	urcu_bp_barrier();
}

void shim_urcu_call(void *head, void (*func)(void *head))
{
	urcu_bp_call_rcu(head, (void (*)(struct rcu_head *))func);
}
