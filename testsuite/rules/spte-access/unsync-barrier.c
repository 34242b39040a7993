// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A page shows as unsync before the SPTE does as writable.

#include <linux/kvm_host.h>

static void mark(struct kvm_mmu_page *sp)
{
	sp->unsync = true;
}

static int mmu_try_to_unsync_pages(struct kvm *kvm, struct kvm_mmu_page *sp, bool late)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	if (late)
		smp_wmb();
	mark(sp);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	if (!late)
		smp_wmb();
	return 0;
}

void ordered(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	mmu_try_to_unsync_pages(kvm, sp, false);
	write_unlock(&kvm->mmu_lock);
}

void too_early_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.in_unsync is dropped before kvm.unsync_unseen is settled [spte-access]
	mmu_try_to_unsync_pages(kvm, sp, true);
	write_unlock(&kvm->mmu_lock);
}
