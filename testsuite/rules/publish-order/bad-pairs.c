// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A barrier between what is announced and what announces it, on either side.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

void kvm_mmu_invalidate_end(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	kvm->mmu_invalidate_seq++;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm.written [publish-order]
	kvm->mmu_invalidate_in_progress--;
	smp_wmb();
}

static bool mmu_notifier_retry_cache(struct kvm *kvm, unsigned long seq)
{
	if (kvm->mn_active_invalidate_count)
		return true;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm.read [publish-order]
	return kvm->mmu_invalidate_seq != seq;
}

u64 hva_to_pfn(unsigned long hva);

static u64 hva_to_pfn_retry(struct kvm *kvm, unsigned long hva)
{
	unsigned long seq;
	u64 pfn;

	mutex_lock(&kvm->slots_lock);
	seq = kvm->mmu_invalidate_seq;
	smp_rmb();
	do
		// CHECK: :[[@LINE+1]]:{{.*}}warning: hva_to_pfn() is called without kvm.read [publish-order]
		pfn = hva_to_pfn(hva);
	while (mmu_notifier_retry_cache(kvm, seq));
	mutex_unlock(&kvm->slots_lock);
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
