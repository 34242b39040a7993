// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The mapping is read where it was found good, and used under that lock.

#include <linux/kvm_host.h>

u8 good(struct gfn_to_pfn_cache *gpc)
{
	unsigned long flags;
	u8 pending = 0;

	read_lock_irqsave(&gpc->lock, flags);
	if (kvm_gpc_check(gpc, 1))
		pending = *(u8 *)gpc->khva;
	read_unlock_irqrestore(&gpc->lock, flags);
	return pending;
}

u8 unchecked_bad(struct gfn_to_pfn_cache *gpc)
{
	unsigned long flags;
	u8 pending;

	read_lock_irqsave(&gpc->lock, flags);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn_to_pfn_cache.khva is read without gpc.checked, or gfn_to_pfn_cache.refresh_lock{{.*}} [gpc-protocol]
	pending = *(u8 *)gpc->khva;
	read_unlock_irqrestore(&gpc->lock, flags);
	return pending;
}

u8 relocked_bad(struct gfn_to_pfn_cache *gpc)
{
	unsigned long flags;
	u8 pending = 0;

	read_lock_irqsave(&gpc->lock, flags);
	if (!kvm_gpc_check(gpc, 1))
		goto out;
	read_unlock_irqrestore(&gpc->lock, flags);
	read_lock_irqsave(&gpc->lock, flags);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn_to_pfn_cache.khva is read without gpc.checked, or gfn_to_pfn_cache.refresh_lock{{.*}} [gpc-protocol]
	pending = *(u8 *)gpc->khva;
out:
	read_unlock_irqrestore(&gpc->lock, flags);
	return pending;
}

u8 kept_bad(struct gfn_to_pfn_cache *gpc)
{
	unsigned long flags;
	u8 *at = NULL;

	read_lock_irqsave(&gpc->lock, flags);
	if (kvm_gpc_check(gpc, 1))
		at = gpc->khva;
	read_unlock_irqrestore(&gpc->lock, flags);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what gfn_to_pfn_cache.khva was is used after {{.*}} [gpc-protocol]
	return at ? *at : 0;
}
