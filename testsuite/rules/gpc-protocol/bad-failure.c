// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A refresh that fails leaves no old mapping behind.

#include <linux/kvm_host.h>

int hva_to_pfn_retry(struct gfn_to_pfn_cache *gpc);

int good(struct gfn_to_pfn_cache *gpc)
{
	int ret;

	write_lock_irq(&gpc->lock);
	ret = hva_to_pfn_retry(gpc);
	if (ret) {
		gpc->pfn = -1;
		gpc->khva = NULL;
	}
	write_unlock_irq(&gpc->lock);
	return ret;
}

int bad(struct gfn_to_pfn_cache *gpc)
{
	int ret;

	write_lock_irq(&gpc->lock);
	ret = hva_to_pfn_retry(gpc);
	if (ret)
		gpc->pfn = -1;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn_to_pfn_cache.lock is dropped before gpc.bad_khva is settled [gpc-protocol]
	write_unlock_irq(&gpc->lock);
	return ret;
}
