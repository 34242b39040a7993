/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#include <linux/types.h>

struct mmu_notifier;

struct mmu_notifier_range {
	unsigned long start;
	unsigned long end;
	unsigned int flags;
};

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *mn);
	int (*clear_young)(struct mmu_notifier *mn, unsigned long start);
	int (*invalidate_range_start)(struct mmu_notifier *mn,
				      const struct mmu_notifier_range *range);
};

struct mmu_notifier {
	const struct mmu_notifier_ops *ops;
};

bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range);
