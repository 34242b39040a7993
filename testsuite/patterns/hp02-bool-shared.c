// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One function for both modes; each caller says by a constant which one it has.

#include <linux/kvm_host.h>

static void zap_root(struct kvm *kvm, bool shared)
{
	if (shared)
		lockdep_assert_held_read(&kvm->mmu_lock);
	else
		lockdep_assert_held_write(&kvm->mmu_lock);
	if (shared)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is yielded for read, but held for write [lock-balance]
		cond_resched_rwlock_read(&kvm->mmu_lock);
	else
		cond_resched_rwlock_write(&kvm->mmu_lock);
}

void zap_shared_ok(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	zap_root(kvm, true);
	read_unlock(&kvm->mmu_lock);
}

void zap_exclusive_ok(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	zap_root(kvm, false);
	write_unlock(&kvm->mmu_lock);
}

void zap_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap_root() is called without kvm.mmu_lock for read [lock-held]
	zap_root(kvm, true);
	write_unlock(&kvm->mmu_lock);
}
