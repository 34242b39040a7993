// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The helper takes mmu_lock itself; that the slot is gone is for its callers to see
// to, as one of them does.

#include <linux/kvm_host.h>
#include <linux/srcu.h>

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return range->start != range->end;
}

static void flush_slot(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	kvm_unmap_gfn_range(kvm, range);
	write_unlock(&kvm->mmu_lock);
}

void remove_slot(struct kvm *kvm, struct kvm_memory_slot *copy,
		 struct kvm_memslots *slots, struct kvm_gfn_range *range)
{
	mutex_lock(&kvm->slots_lock);
	copy->flags |= KVM_MEMSLOT_INVALID;
	kvm->memslots = slots;
	synchronize_srcu(&kvm->srcu);
	flush_slot(kvm, range);
	mutex_unlock(&kvm->slots_lock);
}

static void change_slot(struct kvm *kvm, struct kvm_gfn_range *range)
{
	mutex_lock(&kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: flush_slot() is called without kvm.slot_removed or kvm.mmu_invalidate_in_progress [zap-in-invalidation]
	flush_slot(kvm, range);
	mutex_unlock(&kvm->slots_lock);
}

void (*handler)(struct kvm *kvm, struct kvm_gfn_range *range) = change_slot;
