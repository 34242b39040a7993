// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Marked, published, waited: by a helper, as kvm_swap_active_memslots() does it.

#include <linux/kvm_host.h>
#include <linux/srcu.h>

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return range->start != range->end;
}

static void swap_slots(struct kvm *kvm, struct kvm_memslots *slots)
{
	kvm->memslots = slots;
	synchronize_srcu_expedited(&kvm->srcu);
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
	swap_slots(kvm, slots);
	flush_slot(kvm, range);
	mutex_unlock(&kvm->slots_lock);
}
