// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// What a pointer leads to is guarded, the pointer itself is not.
#include <linux/kvm_host.h>
#include "mmucheck.h"

struct entry {
	int level;
	struct entry *next;
};

struct kvm_roots {
	rwlock_t lock;
	u64 *sptes __pt_guarded_by(&lock);
	struct entry *head __pt_guarded_by(&lock);
};

void fill_ok(struct kvm_roots *roots, int i)
{
	write_lock(&roots->lock);
	roots->sptes[i] = 1;
	roots->head->level = 2;
	write_unlock(&roots->lock);
}

int look_ok(struct kvm_roots *roots, int i)
{
	int level;

	read_lock(&roots->lock);
	level = roots->sptes[i] ? roots->head->next->level : 0;
	read_unlock(&roots->lock);
	return level;
}

void pointer_ok(struct kvm_roots *roots, u64 *sptes)
{
	roots->sptes = sptes;
	if (!roots->head)
		roots->head = NULL;
}

void element_bad(struct kvm_roots *roots, int i)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what is behind kvm_roots.sptes is written without kvm_roots.lock for write [guarded-by]
	roots->sptes[i] = 1;
}

void shared_bad(struct kvm_roots *roots)
{
	read_lock(&roots->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what is behind kvm_roots.sptes is written without kvm_roots.lock for write [guarded-by]
	*roots->sptes = 1;
	read_unlock(&roots->lock);
}

void member_bad(struct kvm_roots *roots)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what is behind kvm_roots.head is written without kvm_roots.lock for write [guarded-by]
	roots->head->level = 1;
}

int read_bad(struct kvm_roots *roots)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what is behind kvm_roots.head is read without kvm_roots.lock for read or write [guarded-by]
	if (roots->head->next)
		return 1;
	return 0;
}
