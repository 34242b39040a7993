// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The invalid slot is published, but readers of the valid one may still be at it.

#include <linux/kvm_host.h>

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return range->start != range->end;
}

void remove_bad(struct kvm *kvm, struct kvm_memory_slot *copy,
		struct kvm_memslots *slots, struct kvm_gfn_range *range)
{
	mutex_lock(&kvm->slots_lock);
	copy->flags |= KVM_MEMSLOT_INVALID;
	kvm->memslots = slots;
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_unmap_gfn_range() is called with kvm.slots_lock, which does not show kvm.slot_removed [zap-in-invalidation]
	kvm_unmap_gfn_range(kvm, range);
	write_unlock(&kvm->mmu_lock);
	mutex_unlock(&kvm->slots_lock);
}
