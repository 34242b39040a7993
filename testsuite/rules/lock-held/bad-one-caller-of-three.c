// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// It is the caller without the lock that is told, two calls above the assert, and
// the note says where the assert is.

#include <linux/kvm_host.h>

static void zap_leaf(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void zap_range(struct kvm *kvm)
{
	zap_leaf(kvm);
}

void first(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	zap_range(kvm);
	write_unlock(&kvm->mmu_lock);
}

void second(struct kvm *kvm)
{
	guard(write_lock)(&kvm->mmu_lock);
	zap_range(kvm);
}

void third(struct kvm *kvm)
{
	// CHECK: :[[@LINE+2]]:{{.*}}warning: zap_range() is called without kvm.mmu_lock for write [lock-held]
	// CHECK: note: needs: kvm.mmu_lock for write
	zap_range(kvm);
}
