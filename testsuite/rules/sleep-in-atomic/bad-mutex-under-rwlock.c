// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A mutex inside of a spinning lock, through a call: the call is told.

#include <linux/kvm_host.h>

struct cache { struct mutex lock; };

static void refresh(struct cache *cache)
{
	mutex_lock(&cache->lock);
	mutex_unlock(&cache->lock);
}

void map_ok(struct kvm *kvm, struct cache *cache)
{
	refresh(cache);
	read_lock(&kvm->mmu_lock);
	read_unlock(&kvm->mmu_lock);
}

void map_bad(struct kvm *kvm, struct cache *cache)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: refresh() may sleep under kvm.mmu_lock [sleep-in-atomic]
	refresh(cache);
	read_unlock(&kvm->mmu_lock);
}
