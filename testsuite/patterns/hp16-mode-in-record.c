// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What the callee does hangs on a member that each caller sets where it makes the
// record.

#include <linux/kvm_host.h>

struct range { u64 start, end; bool may_block; };

static void unmap(struct kvm *kvm, struct range *range)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	if (range->may_block)
		cond_resched_rwlock_write(&kvm->mmu_lock);
}

static void wait_a_bit(struct range *range)
{
	if (range->may_block)
		might_sleep();
}

void notifier_that_blocks(struct kvm *kvm)
{
	struct range range = { .start = 1, .end = 2, .may_block = true };

	wait_a_bit(&range);
	write_lock(&kvm->mmu_lock);
	unmap(kvm, &range);
	write_unlock(&kvm->mmu_lock);
}

void notifier_that_does_not(struct kvm *kvm)
{
	struct range range = { .start = 1, .end = 2, .may_block = false };

	write_lock(&kvm->mmu_lock);
	unmap(kvm, &range);
	wait_a_bit(&range);
	write_unlock(&kvm->mmu_lock);
}

void notifier_bad(struct kvm *kvm)
{
	struct range range = { .start = 1, .end = 2, .may_block = true };

	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: wait_a_bit() may sleep under kvm.mmu_lock [sleep-in-atomic]
	wait_a_bit(&range);
	write_unlock(&kvm->mmu_lock);
}
