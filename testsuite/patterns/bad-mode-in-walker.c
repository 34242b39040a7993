// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// How a walk holds the lock stands in a local record that another local record points
// to, and the levels of the walk get that one.

#include <linux/kvm_host.h>

#define SHARED 8

struct walker { const int flags; };
struct walk { struct walker *walker; u64 addr, end; };

static void need(struct kvm *kvm, struct walker *walker)
{
	if (walker->flags & SHARED)
		lockdep_assert_held_read(&kvm->mmu_lock);
	else
		lockdep_assert_held_write(&kvm->mmu_lock);
}

static int level(struct kvm *kvm, struct walk *walk, u64 *table, int n)
{
	int i, r = 0;

	for (i = 0; i < 512 && walk->addr < walk->end && !r; i++) {
		need(kvm, walk->walker);
		if (table[i])
			r = level(kvm, walk, (u64 *)table[i], n - 1);
		walk->addr += 4096;
	}
	return r;
}

static int all_levels(struct kvm *kvm, u64 *table, struct walker *walker)
{
	struct walk walk = { .walker = walker, .end = 1 << 20 };

	return level(kvm, &walk, table, 4);
}

void alone_ok(struct kvm *kvm, u64 *table)
{
	struct walker walker = { .flags = 1 };

	write_lock(&kvm->mmu_lock);
	all_levels(kvm, table, &walker);
	write_unlock(&kvm->mmu_lock);
}

void shared_ok(struct kvm *kvm, u64 *table)
{
	struct walker walker = { .flags = SHARED };

	read_lock(&kvm->mmu_lock);
	all_levels(kvm, table, &walker);
	read_unlock(&kvm->mmu_lock);
}

void shared_bad(struct kvm *kvm, u64 *table)
{
	struct walker walker = { .flags = 1 };

	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: all_levels() is called without kvm.mmu_lock for write [lock-held]
	all_levels(kvm, table, &walker);
	read_unlock(&kvm->mmu_lock);
}
