// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A leak is told of who leaks it, even where something that is called behind it drops
// a lock of the same class or type: it drops what it has taken itself, or what a
// function out of sight has taken for it.

#include <linux/kvm_host.h>

struct thing { spinlock_t lock; };

int find_locked(struct kvm *kvm, spinlock_t **lock);

static int forgets(struct kvm *kvm, int n)
{
	mutex_lock(&kvm->slots_lock);
	if (n)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: forgets() returns with kvm.slots_lock held [lock-balance]
		return 1;
	mutex_unlock(&kvm->slots_lock);
	return 0;
}

static void forgets_too(struct thing *thing)
{
	spin_lock(&thing->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: forgets_too() returns with thing.lock held [lock-balance]
}

/* Takes one lock for its caller, and another for itself. */
static void begin(struct kvm *kvm)
{
	mutex_lock(&kvm->lock);
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
}

static int drop_found(struct kvm *kvm)
{
	spinlock_t *lock;
	int r;

	r = find_locked(kvm, &lock);
	if (r)
		return r;
	spin_unlock(lock);
	return 0;
}

void all_of_them(struct kvm *kvm, struct thing *thing, int n)
{
	if (forgets(kvm, n))
		return;
	forgets_too(thing);
	begin(kvm);
	drop_found(kvm);
	mutex_unlock(&kvm->lock);
}
