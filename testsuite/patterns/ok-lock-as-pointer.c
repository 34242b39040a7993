// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock is passed to wrappers as a pointer, or kept in a local one.

#include <linux/kvm_host.h>

static inline void my_lock(spinlock_t *lock)
{
	spin_lock(lock);
}

static inline void my_unlock(spinlock_t *lock)
{
	spin_unlock(lock);
}

static void mark(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	my_lock(&kvm->arch.mmu_unsync_pages_lock);
	sp->unsync = 1;
	my_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

void by_local(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	rwlock_t *mmu_lock = &kvm->mmu_lock;

	read_lock(mmu_lock);
	mark(kvm, sp);
	lockdep_assert_held_read(&kvm->mmu_lock);
	read_unlock(&kvm->mmu_lock);
}
