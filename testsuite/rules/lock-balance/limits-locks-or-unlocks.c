// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One function that locks or unlocks, as it is told by a flag, is taken to have
// forgotten the unlock: its text has both, and no caller's has.

#include <linux/kvm_host.h>

static void fp_locker(struct mutex *lock, bool on)
{
	if (on)
		mutex_lock(lock);
	else
		mutex_unlock(lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: fp_locker() returns with kvm.slots_lock held [lock-balance]
}

void change(struct kvm *kvm)
{
	fp_locker(&kvm->slots_lock, true);
	fp_locker(&kvm->slots_lock, false);
}
