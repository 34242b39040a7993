// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Memory that may have to be freed first is not asked for, even where it may block.

#include <linux/mmu_notifier.h>
#include <linux/slab.h>

static void *note(gfp_t flags)
{
	return kmalloc(16, flags);
}

void *elsewhere(void)
{
	return note(GFP_KERNEL);
}

static int start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	kfree(note(GFP_ATOMIC));
	if (mmu_notifier_range_blockable(range))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: note() may wait for memory under mmu_notifier.running [notifier-context]
		kfree(note(GFP_KERNEL));
	return 0;
}

const struct mmu_notifier_ops ops = { .invalidate_range_start = start };
