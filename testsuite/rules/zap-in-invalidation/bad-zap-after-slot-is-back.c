// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The second publication puts a valid slot in its place again.

#include <linux/kvm_host.h>
#include <linux/srcu.h>

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return range->start != range->end;
}

void move_slot_bad(struct kvm *kvm, struct kvm_memory_slot *copy,
		   struct kvm_memslots *slots, struct kvm_gfn_range *range)
{
	mutex_lock(&kvm->slots_lock);
	copy->flags |= KVM_MEMSLOT_INVALID;
	kvm->memslots = slots;
	synchronize_srcu(&kvm->srcu);
	kvm->memslots = slots + 1;
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_unmap_gfn_range() is called with kvm.slots_lock, which does not show kvm.slot_removed [zap-in-invalidation]
	kvm_unmap_gfn_range(kvm, range);
	write_unlock(&kvm->mmu_lock);
	mutex_unlock(&kvm->slots_lock);
}
