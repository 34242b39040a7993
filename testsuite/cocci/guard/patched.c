// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top guard
#include "kvm.h"

int change(struct kvm *kvm);

int mutex_bad(struct kvm *kvm, int n)
{
	int r;

	if (n < 0)
		return -EINVAL;

	guard(mutex)(&kvm->slots_lock);
	if (!kvm->users) {
		return -EFAULT;
	}
	r = change(kvm);
	if (r)
		return r;
	return kvm->users;
}

int write_bad(struct kvm *kvm, int n)
{
	int r = 0;

	guard(write_lock)(&kvm->mmu_lock);
	while (n--) {
		if (n == kvm->users)
			return r;
		r++;
	}
	return r;
}

/* There is more to do on the way out. */
int more_ok(struct kvm *kvm)
{
	int r = 0;

	mutex_lock(&kvm->slots_lock);
	if (!kvm->users)
		goto out;
	r = change(kvm);
out:
	mutex_unlock(&kvm->slots_lock);
	kvm->users = r;
	return r;
}

/* What is returned is worked out without the lock. */
int call_ok(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	if (!kvm->users)
		goto out;
	kvm->users--;
out:
	mutex_unlock(&kvm->slots_lock);
	return change(kvm);
}

/* goto would jump over the guard. */
int jump_ok(struct kvm *kvm, int n)
{
	int r = -EINVAL;

	if (n < 0)
		goto none;
	mutex_lock(&kvm->slots_lock);
	r = change(kvm);
	if (r)
		goto out;
	r = n;
none:
	kvm->users++;
out:
	mutex_unlock(&kvm->slots_lock);
	return r;
}

/* Lets go of the lock in between. */
int yield_ok(struct kvm *kvm)
{
	int r = 0;

	mutex_lock(&kvm->slots_lock);
	if (!kvm->users)
		goto out;
	mutex_unlock(&kvm->slots_lock);
	r = change(kvm);
	mutex_lock(&kvm->slots_lock);
out:
	mutex_unlock(&kvm->slots_lock);
	return r;
}

int conditional_ok(struct kvm *kvm, bool lock)
{
	int r;

	if (lock)
		mutex_lock(&kvm->slots_lock);
	r = change(kvm);
	if (r)
		goto out;
	r = kvm->users;
out:
	if (lock)
		mutex_unlock(&kvm->slots_lock);
	return r;
}
