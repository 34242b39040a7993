// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The window is shut before, has no range, or was never opened.

#include <linux/kvm_host.h>

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return range->start != range->end;
}

static void begin(struct kvm *kvm)
{
	kvm->mmu_invalidate_in_progress++;
	kvm->mmu_invalidate_range_start = INVALID_GPA;
}

static void end(struct kvm *kvm)
{
	kvm->mmu_invalidate_seq++;
	kvm->mmu_invalidate_in_progress--;
}

void zap_ok(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	begin(kvm);
	kvm->mmu_invalidate_range_start = range->start;
	kvm_unmap_gfn_range(kvm, range);
	end(kvm);
	write_unlock(&kvm->mmu_lock);
}

void zap_late_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	begin(kvm);
	kvm->mmu_invalidate_range_start = range->start;
	end(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_unmap_gfn_range() is called without kvm.slot_removed or kvm.mmu_invalidate_in_progress [zap-in-invalidation]
	kvm_unmap_gfn_range(kvm, range);
	write_unlock(&kvm->mmu_lock);
}

void zap_everywhere_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	begin(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_unmap_gfn_range() is called without kvm.invalidate_ranged or kvm.slot_removed [zap-in-invalidation]
	kvm_unmap_gfn_range(kvm, range);
	end(kvm);
	write_unlock(&kvm->mmu_lock);
}
