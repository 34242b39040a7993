// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A pointer or an error: the lock is held with the pointer, and an error is no
// pointer.

#include <linux/kvm_host.h>

#define ERR_PTR(e)	((void *)(long)(e))
#define IS_ERR(p)	((unsigned long)(p) >= (unsigned long)-4095)

struct file;
struct file *find_file(struct kvm *kvm);

static struct file *get_file_locked(struct kvm *kvm)
{
	struct file *file;

	mutex_lock(&kvm->slots_lock);
	file = find_file(kvm);
	if (!file) {
		mutex_unlock(&kvm->slots_lock);
		return ERR_PTR(-2);
	}
	return file;
}

int use_file(struct kvm *kvm)
{
	struct file *file = get_file_locked(kvm);

	if (IS_ERR(file))
		return -2;
	mutex_unlock(&kvm->slots_lock);
	return 0;
}
