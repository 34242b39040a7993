// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Which of two was checked it cannot tell.

#include <linux/kvm_host.h>

u8 two(struct gfn_to_pfn_cache *gpc1, struct gfn_to_pfn_cache *gpc2)
{
	u8 pending = 0;

	read_lock_irq(&gpc1->lock);
	if (kvm_gpc_check(gpc1, 1))
		pending = *(u8 *)gpc2->khva;
	read_unlock_irq(&gpc1->lock);
	return pending;
}
