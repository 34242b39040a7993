// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One function that locks or unlocks, as it is told: who does not tell it to unlock,
// or tells it to lock twice, is told; not the function, which does what it is told.

#include <linux/kvm_host.h>

static void locker(struct mutex *lock, bool on)
{
	if (on)
		mutex_lock(lock);
	else
		mutex_unlock(lock);
}

void change_ok(struct kvm *kvm)
{
	locker(&kvm->slots_lock, true);
	locker(&kvm->slots_lock, false);
}

int forgets(struct kvm *kvm, int n)
{
	locker(&kvm->slots_lock, true);
	if (n < 0)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: forgets() returns with kvm.slots_lock held [lock-balance]
		return -22;
	locker(&kvm->slots_lock, false);
	return 0;
}

void takes_twice(struct kvm *kvm)
{
	locker(&kvm->slots_lock, true);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is taken by who holds it already [lock-order]
	locker(&kvm->slots_lock, true);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: takes_twice() returns with kvm.slots_lock held [lock-balance]
}

/* No flag: this one just forgets it, on the way that its caller cannot tell. */
static void half(struct kvm *kvm, int n)
{
	mutex_lock(&kvm->slots_lock);
	if (n)
		mutex_unlock(&kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: half() returns with kvm.slots_lock held [lock-balance]
}

void calls_half(struct kvm *kvm)
{
	half(kvm, 1);
	half(kvm, 0);
}
