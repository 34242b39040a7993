// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Held for write is not held for read, and the other way round.

#include <linux/kvm_host.h>

static void wants_read(struct kvm *kvm)
{
	lockdep_assert_held_read(&kvm->mmu_lock);
}

static void wants_write(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void wants_either(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->mmu_lock);
}

void writer(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	wants_write(kvm);
	wants_either(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: wants_read() is called without kvm.mmu_lock for read [lock-held]
	wants_read(kvm);
	write_unlock(&kvm->mmu_lock);
}

void reader(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	wants_read(kvm);
	wants_either(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: wants_write() is called without kvm.mmu_lock for write [lock-held]
	wants_write(kvm);
	read_unlock(&kvm->mmu_lock);
}
