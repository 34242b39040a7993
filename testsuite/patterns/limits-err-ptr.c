// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A pointer or an error: the lock is held with the pointer. That an address is no
// error value is not known, so the two ways out seem to be alike. With NULL, or with
// a number, for "no" they are told apart.

#include <linux/kvm_host.h>

#define ERR_PTR(e)	((void *)(long)(e))
#define IS_ERR(p)	((unsigned long)(p) >= (unsigned long)-4095)

struct file;
struct file *find_file(struct kvm *kvm);

static struct file *fp_get_file_locked(struct kvm *kvm)
{
	struct file *file;

	mutex_lock(&kvm->slots_lock);
	file = find_file(kvm);
	if (!file) {
		mutex_unlock(&kvm->slots_lock);
		return ERR_PTR(-2);
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: fp_get_file_locked() returns with kvm.slots_lock held [lock-balance]
	return file;
}

int use_file(struct kvm *kvm)
{
	struct file *file = fp_get_file_locked(kvm);

	if (IS_ERR(file))
		return -2;
	mutex_unlock(&kvm->slots_lock);
	return 0;
}
