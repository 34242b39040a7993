// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock is taken for every command but one, and that one is told by its number
// again: what is known not to be 4 is not 4.

#include <linux/kvm_host.h>

struct command { u32 number, flags; };
extern int copy_in(struct command *command, const void *from, int n);

static void last(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
}

static int handle(struct kvm *kvm, struct command *command)
{
	const bool need_lock = command->number != 4;
	int r = 0;

	if (need_lock)
		mutex_lock(&kvm->slots_lock);
	switch (command->number) {
	case 1:
		break;
	case 4:
		last(kvm);
		break;
	default:
		r = -22;
	}
	if (need_lock)
		mutex_unlock(&kvm->slots_lock);
	return r;
}

int ioctl(struct kvm *kvm, void *from)
{
	struct command command;

	return copy_in(&command, from, sizeof(command)) ? -14
							: handle(kvm, &command);
}

int asked_ok(struct kvm *kvm, int n)
{
	const bool need_lock = n != 4;

	if (need_lock)
		mutex_lock(&kvm->slots_lock);
	if (n == 4)
		last(kvm);
	if (need_lock)
		mutex_unlock(&kvm->slots_lock);
	return 0;
}

int asked_bad(struct kvm *kvm, int n)
{
	const bool need_lock = n != 4;

	if (need_lock)
		mutex_lock(&kvm->slots_lock);
	if (n == 5) {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is taken by who holds it already [lock-order]
		mutex_lock(&kvm->slots_lock);
		mutex_unlock(&kvm->slots_lock);
	}
	if (need_lock)
		mutex_unlock(&kvm->slots_lock);
	return 0;
}
