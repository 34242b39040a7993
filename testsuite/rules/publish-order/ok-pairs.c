// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The pairs in their order; a full barrier will do, and one in a helper.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

static void order_writes(void)
{
	smp_wmb();
}

void kvm_mmu_invalidate_end(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	kvm->mmu_invalidate_seq++;
	order_writes();
	kvm->mmu_invalidate_in_progress--;
}

static bool mmu_notifier_retry_cache(struct kvm *kvm, unsigned long seq)
{
	if (kvm->mn_active_invalidate_count)
		return true;
	smp_mb();
	return kvm->mmu_invalidate_seq != seq;
}

u64 hva_to_pfn(unsigned long hva);

static u64 hva_to_pfn_retry(struct kvm *kvm, unsigned long hva)
{
	unsigned long seq;
	u64 pfn;

	do {
		seq = kvm->mmu_invalidate_seq;
		smp_rmb();
		pfn = hva_to_pfn(hva);
	} while (mmu_notifier_retry_cache(kvm, seq));
	return pfn;
}

void end(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_end(kvm);
	write_unlock(&kvm->mmu_lock);
}

u64 refresh(struct kvm *kvm, unsigned long hva)
{
	return hva_to_pfn_retry(kvm, hva);
}
