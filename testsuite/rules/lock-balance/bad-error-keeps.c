// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A function that drops its lock where it returns 0 leaks it where it fails, however
// many of its callers ask what it returns.

#include <linux/kvm_host.h>

void refresh(struct kvm *kvm);

static int init_bad(struct kvm *kvm)
{
	int ret;

	mutex_lock(&kvm->lock);
	ret = mutex_lock_killable(&kvm->slots_lock);
	if (ret)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: init_bad() returns with kvm.lock held [lock-balance]
		return ret;
	refresh(kvm);
	mutex_unlock(&kvm->slots_lock);
	mutex_unlock(&kvm->lock);
	return 0;
}

int set(struct kvm *kvm)
{
	int ret = init_bad(kvm);

	if (!ret) {
		mutex_lock(&kvm->lock);
		mutex_unlock(&kvm->lock);
	}
	return ret;
}

/* What says whether it was got is no error. */
static bool get(struct kvm *kvm)
{
	if (!mutex_trylock(&kvm->lock))
		return false;
	if (kvm->created_vcpus) {
		mutex_unlock(&kvm->lock);
		return false;
	}
	return true;
}

void use(struct kvm *kvm)
{
	if (get(kvm)) {
		kvm->created_vcpus = 1;
		mutex_unlock(&kvm->lock);
	}
}
