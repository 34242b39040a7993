// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%top/annotations %s | %check
//
// A member that the source guards is written under its lock, and read under it
// in any mode.

#include <linux/kvm_host.h>
#include "mmucheck.h"

struct table {
	rwlock_t lock;
	int users __guarded_by(&lock);
};

int look_ok(struct table *table)
{
	int users;

	read_lock(&table->lock);
	users = table->users;
	read_unlock(&table->lock);
	return users;
}

int look_bad(struct table *table)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: table.users is read without table.lock for read or write [guarded-by]
	return table->users;
}

void join_bad(struct table *table)
{
	read_lock(&table->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: table.users is written without table.lock for write [guarded-by]
	table->users = 1;
	read_unlock(&table->lock);
}

int *address_ok(struct table *table)
{
	return &table->users;
}
