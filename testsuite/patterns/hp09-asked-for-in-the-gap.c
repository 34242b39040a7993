// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What is called while the caller's lock is dropped asks for it.

#include <linux/kvm_host.h>

static void age(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void refresh(struct kvm *kvm)
{
	age(kvm);
	write_unlock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: age() is called without kvm.mmu_lock for write [lock-held]
	age(kvm);
	write_lock(&kvm->mmu_lock);
}

void refresh_all(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	refresh(kvm);
	write_unlock(&kvm->mmu_lock);
}
