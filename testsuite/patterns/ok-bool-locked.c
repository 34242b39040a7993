// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whether it took the lock is what a helper returns, or writes where it is told to.

#include <linux/kvm_host.h>

static bool lock_if(struct kvm *kvm, bool want)
{
	if (!want)
		return false;
	mutex_lock(&kvm->slots_lock);
	return true;
}

static void lock_and_tell(struct kvm *kvm, bool want, bool *locked)
{
	*locked = want;
	if (want)
		mutex_lock(&kvm->slots_lock);
}

void by_result(struct kvm *kvm, bool want)
{
	bool locked = lock_if(kvm, want);

	if (locked)
		mutex_unlock(&kvm->slots_lock);
}

void by_pointer(struct kvm *kvm, bool want)
{
	bool locked;

	lock_and_tell(kvm, want, &locked);
	if (locked)
		mutex_unlock(&kvm->slots_lock);
}
