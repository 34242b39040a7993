// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who is not told that he may block does not sleep, nor yield a lock.

#include <linux/kvm_host.h>
#include <linux/mmu_notifier.h>
#include <linux/sched.h>

struct vm {
	struct kvm kvm;
	struct mmu_notifier mn;
};

static void zap(struct kvm *kvm, bool may_block)
{
	write_lock(&kvm->mmu_lock);
	if (may_block)
		cond_resched_rwlock_write(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
}

/* Others may call it as they like. */
void zap_all(struct kvm *kvm)
{
	zap(kvm, true);
}

static int start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = &container_of(mn, struct vm, mn)->kvm;

	zap(kvm, mmu_notifier_range_blockable(range));
	if (mmu_notifier_range_blockable(range))
		might_sleep();
	else
		// CHECK: :[[@LINE+1]]:{{.*}}warning: might_sleep() may sleep under mmu_notifier.nonblocking [notifier-context]
		might_sleep();
	return 0;
}

static int clear_young(struct mmu_notifier *mn, unsigned long start)
{
	struct kvm *kvm = &container_of(mn, struct vm, mn)->kvm;

	zap(kvm, false);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap() may sleep under mmu_notifier.nonblocking [notifier-context]
	zap(kvm, true);
	return 0;
}

const struct mmu_notifier_ops ops = {
	.invalidate_range_start = start,
	.clear_young = clear_young,
};
