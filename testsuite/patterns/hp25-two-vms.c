// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock of another VM is another lock.

#include <linux/kvm_host.h>

static void need_write(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

void move_ok(struct kvm *dst, struct kvm *src)
{
	write_lock(&dst->mmu_lock);
	need_write(dst);
	write_unlock(&dst->mmu_lock);
	write_lock(&src->mmu_lock);
	need_write(src);
	write_unlock(&src->mmu_lock);
}

void move_bad(struct kvm *dst, struct kvm *src)
{
	write_lock(&dst->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: need_write() is called without kvm.mmu_lock for write [lock-held]
	need_write(src);
	write_unlock(&dst->mmu_lock);
}

void unlock_bad(struct kvm *dst, struct kvm *src)
{
	mutex_lock(&dst->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.lock is dropped, but not held [lock-balance]
	mutex_unlock(&src->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: unlock_bad() returns with kvm.lock held [lock-balance]
}
