// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What was cleared is zero in whoever is called, but for what was stored since:
// that may be anything.

#include <linux/kvm_host.h>

struct walk {
	bool locked, done;
	struct kvm *kvm;
};

static void step(struct walk *walk)
{
	if (walk->done)
		lockdep_assert_held(&walk->kvm->slots_lock);
	if (walk->locked)
		lockdep_assert_held(&walk->kvm->slots_lock);
}

void fn_walk(struct kvm *kvm, bool locked)
{
	struct walk walk = { .kvm = kvm };

	walk.locked = locked;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: step() is called without kvm.slots_lock for read or write [lock-held]
	step(&walk);
}
