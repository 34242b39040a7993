// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Flags that nothing is known of may be GFP_ATOMIC: nothing is said.

#include <linux/mmu_notifier.h>
#include <linux/slab.h>

gfp_t flags;

static int start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	kfree(kmalloc(16, flags));
	return 0;
}

const struct mmu_notifier_ops ops = { .invalidate_range_start = start };
