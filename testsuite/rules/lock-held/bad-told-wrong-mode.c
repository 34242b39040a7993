// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who calls says by a flag how the lock is held: it is blamed on the flag if
// nobody who comes here could want it so, and on the lock if somebody does.

#include <linux/kvm_host.h>

static void zap(struct kvm *kvm, bool shared)
{
	if (shared)
		lockdep_assert_held_read(&kvm->mmu_lock);
	else
		lockdep_assert_held_write(&kvm->mmu_lock);
}

static void zap_all(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap() is called without kvm.mmu_lock for read [lock-held]
	zap(kvm, true);
}

void flush(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	zap_all(kvm);
	write_unlock(&kvm->mmu_lock);
}

static void zap_invalidated(struct kvm *kvm)
{
	zap(kvm, true);
}

void back_half(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	zap_invalidated(kvm);
	read_unlock(&kvm->mmu_lock);
}

void wrong_lock(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap_invalidated() is called without kvm.mmu_lock for read [lock-held]
	zap_invalidated(kvm);
	write_unlock(&kvm->mmu_lock);
}
