// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// An active cache is one that an mmu_notifier finds.

#include <linux/kvm_host.h>
#include <linux/list.h>

static void list_it(struct gfn_to_pfn_cache *gpc)
{
	spin_lock(&gpc->kvm->gpc_lock);
	list_add(&gpc->list, &gpc->kvm->gpc_list);
	spin_unlock(&gpc->kvm->gpc_lock);
}

static void set_active(struct gfn_to_pfn_cache *gpc, bool active)
{
	write_lock_irq(&gpc->lock);
	gpc->active = active;
	write_unlock_irq(&gpc->lock);
}

void good(struct gfn_to_pfn_cache *gpc)
{
	list_it(gpc);
	set_active(gpc, true);
	set_active(gpc, false);
	spin_lock(&gpc->kvm->gpc_lock);
	list_del(&gpc->list);
	spin_unlock(&gpc->kvm->gpc_lock);
}

void active_first_bad(struct gfn_to_pfn_cache *gpc)
{
	write_lock_irq(&gpc->lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}gpc.listed [gpc-protocol]
	gpc->active = true;
	write_unlock_irq(&gpc->lock);
	list_it(gpc);
}

void unlisted_first_bad(struct gfn_to_pfn_cache *gpc)
{
	spin_lock(&gpc->kvm->gpc_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: list_del() is called without gpc.inactive [gpc-protocol]
	list_del(&gpc->list);
	spin_unlock(&gpc->kvm->gpc_lock);
	set_active(gpc, false);
}
