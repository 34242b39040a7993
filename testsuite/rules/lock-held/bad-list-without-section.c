// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A list that is walked by list_for_each_entry_srcu() says what it is walked under.

#include <linux/kvm_host.h>

struct waiter {
	struct list_head link;
	int gsi;
};

struct waiters {
	struct kvm *kvm;
	struct list_head list;
};

static int count(struct waiters *all)
{
	struct waiter *waiter;
	int n = 0;

	list_for_each_entry_srcu(waiter, &all->list, link,
				 srcu_read_lock_held(&all->kvm->srcu))
		n += waiter->gsi;
	return n;
}

int in_section(struct waiters *all)
{
	int idx = srcu_read_lock(&all->kvm->srcu);
	int n = count(all);

	srcu_read_unlock(&all->kvm->srcu, idx);
	return n;
}

static int in_none(struct waiters *all)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: count() is called without what its assert asks for [lock-held]
	return count(all);
}

int (*handler)(struct waiters *all) = in_none;
