// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A callback drops the lock that the walker holds, sleeps, and takes it again. In
// between nothing may ask for the lock; behind it everything may.

#include <linux/kvm_host.h>

typedef bool (*rmap_fn)(struct kvm *kvm, u64 *sptep);

static bool write_protect(struct kvm *kvm, u64 *sptep)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	return true;
}

static bool split(struct kvm *kvm, u64 *sptep)
{
	write_unlock(&kvm->mmu_lock);
	might_sleep();
	write_lock(&kvm->mmu_lock);
	return false;
}

static __always_inline bool walk_rmaps(struct kvm *kvm, rmap_fn fn, int n)
{
	bool flush = false;
	int i;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for (i = 0; i < n; i++)
		flush |= fn(kvm, NULL);
	return flush;
}

void protect_slot(struct kvm *kvm, int n)
{
	write_lock(&kvm->mmu_lock);
	walk_rmaps(kvm, write_protect, n);
	write_unlock(&kvm->mmu_lock);
}

void split_slot(struct kvm *kvm, int n)
{
	write_lock(&kvm->mmu_lock);
	walk_rmaps(kvm, split, n);
	lockdep_assert_held_write(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
}
