// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A function that drops its lock where it returns 0 leaks it where it fails, however
// many of its callers ask what it returns.

#include <linux/kvm_host.h>
#include <linux/srcu.h>

static int refresh(struct kvm *kvm)
{
	int ret = mutex_lock_killable(&kvm->irq_lock);

	if (ret)
		return ret;
	mutex_unlock(&kvm->irq_lock);
	return 0;
}

static int init_bad(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu), ret = refresh(kvm);

	if (ret)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: init_bad() returns with kvm.srcu for read held [lock-balance]
		return ret;
	srcu_read_unlock(&kvm->srcu, idx);
	return 0;
}

/* In a section of its own, which it ends. */
int set(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu), ret = init_bad(kvm);

	if (!ret) {
		mutex_lock(&kvm->irq_lock);
		mutex_unlock(&kvm->irq_lock);
	}
	srcu_read_unlock(&kvm->srcu, idx);
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
