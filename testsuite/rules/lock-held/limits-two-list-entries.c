// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Two pointers that were read from memory may or may not be one object: the lock
// of one is taken for the other's.

#include <linux/kvm_host.h>

struct pair { struct kvm *first, *second; };

static void zap(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static struct kvm *pick(struct pair *pairs, int i)
{
	return i & 1 ? pairs[i].first : pairs[i + 1].second;
}

void fn_other_object(struct pair *pairs, int i, int k)
{
	struct kvm *one = pick(pairs, i), *other = pick(pairs, k);

	write_lock(&one->mmu_lock);
	zap(other);
	write_unlock(&one->mmu_lock);
}
