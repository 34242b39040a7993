// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One function that locks or unlocks, as it is told: which, each call says.

#include <linux/kvm_host.h>

enum what { TAKE, LEAVE };

static void by_flag(struct mutex *lock, bool on)
{
	if (!on) {
		mutex_unlock(lock);
		return;
	}
	mutex_lock(lock);
}

static void by_enum(struct kvm *kvm, enum what what)
{
	switch (what) {
	case TAKE:
		mutex_lock(&kvm->slots_lock);
		break;
	case LEAVE:
		mutex_unlock(&kvm->slots_lock);
		break;
	}
}

static void in_either_mode(struct kvm *kvm, bool on, bool shared)
{
	if (on && shared)
		read_lock(&kvm->mmu_lock);
	else if (on)
		write_lock(&kvm->mmu_lock);
	else if (shared)
		read_unlock(&kvm->mmu_lock);
	else
		write_unlock(&kvm->mmu_lock);
}

static void deeper(struct kvm *kvm, bool on)
{
	by_flag(&kvm->slots_lock, on);
}

static void take(struct kvm *kvm)
{
	deeper(kvm, true);
}

static void leave(struct kvm *kvm)
{
	deeper(kvm, false);
}

void change_by_flag(struct kvm *kvm)
{
	by_flag(&kvm->slots_lock, true);
	by_flag(&kvm->slots_lock, false);
}

void change_by_enum(struct kvm *kvm)
{
	by_enum(kvm, TAKE);
	by_enum(kvm, LEAVE);
}

void change_in_either_mode(struct kvm *kvm, bool shared)
{
	in_either_mode(kvm, true, shared);
	in_either_mode(kvm, false, shared);
}

void change_far_above(struct kvm *kvm)
{
	take(kvm);
	leave(kvm);
}

void change_half_by_flag(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	by_flag(&kvm->slots_lock, false);
}

void change_perhaps(struct kvm *kvm, bool on)
{
	if (on)
		by_flag(&kvm->slots_lock, true);
	if (on)
		by_flag(&kvm->slots_lock, false);
}
