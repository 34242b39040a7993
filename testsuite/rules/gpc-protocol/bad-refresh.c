// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// While the pfn is resolved nobody finds the cache valid, and each try is compared
// with a sequence of its own.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

u64 hva_to_pfn(unsigned long addr);
void kvm_release_pfn_clean(u64 pfn);
bool mmu_notifier_retry_cache(struct kvm *kvm, unsigned long seq);

void good(struct gfn_to_pfn_cache *gpc)
{
	unsigned long seq;
	u64 pfn;

	mutex_lock(&gpc->refresh_lock);
	write_lock_irq(&gpc->lock);
	gpc->valid = false;
	do {
		seq = gpc->kvm->mmu_invalidate_seq;
		smp_rmb();
		write_unlock_irq(&gpc->lock);
		pfn = hva_to_pfn(0);
		write_lock_irq(&gpc->lock);
	} while (mmu_notifier_retry_cache(gpc->kvm, seq));
	gpc->valid = true;
	write_unlock_irq(&gpc->lock);
	kvm_release_pfn_clean(pfn);
	mutex_unlock(&gpc->refresh_lock);
}

void bad(struct gfn_to_pfn_cache *gpc)
{
	unsigned long seq;
	u64 pfn;

	mutex_lock(&gpc->refresh_lock);
	seq = gpc->kvm->mmu_invalidate_seq;
	smp_rmb();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: hva_to_pfn() is called without gpc.invalidated [gpc-protocol]
	pfn = hva_to_pfn(1);
	write_lock_irq(&gpc->lock);
	while (mmu_notifier_retry_cache(gpc->kvm, seq)) {
		gpc->valid = false;
		write_unlock_irq(&gpc->lock);
		// CHECK: :[[@LINE+1]]:{{.*}}warning: hva_to_pfn() is called without gpc.seq_snapshot [gpc-protocol]
		pfn = hva_to_pfn(2);
		write_lock_irq(&gpc->lock);
	}
	kvm_release_pfn_clean(pfn);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}gpc.pfn_kept [gpc-protocol]
	gpc->valid = true;
	write_unlock_irq(&gpc->lock);
	mutex_unlock(&gpc->refresh_lock);
}
