// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Marked in a copy, published when nothing is under way, settled when all have left;
// the flag is in the generation, whichever of both is named first.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

#define GEN_UPDATE_IN_PROGRESS	(1ULL << 63)

void kvm_arch_flush_shadow_memslot(struct kvm *kvm, struct kvm_memory_slot *slot);
void kvm_copy_memslot(struct kvm_memory_slot *to, struct kvm_memory_slot *from);
void schedule(void);

static void swap_slots(struct kvm *kvm, struct kvm_memslots *slots, u64 gen)
{
	slots->generation = GEN_UPDATE_IN_PROGRESS | gen;
	spin_lock(&kvm->mn_invalidate_lock);
	while (kvm->mn_active_invalidate_count) {
		spin_unlock(&kvm->mn_invalidate_lock);
		schedule();
		spin_lock(&kvm->mn_invalidate_lock);
	}
	rcu_assign_pointer(kvm->memslots, slots);
	spin_unlock(&kvm->mn_invalidate_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	synchronize_srcu(&kvm->srcu);
	slots->generation = gen;
}

void invalidate(struct kvm *kvm, struct kvm_memslots *slots,
		struct kvm_memory_slot *old, struct kvm_memory_slot *copy, u64 gen)
{
	mutex_lock(&kvm->slots_lock);
	mutex_lock(&kvm->slots_arch_lock);
	kvm_copy_memslot(copy, old);
	copy->flags |= KVM_MEMSLOT_INVALID;
	swap_slots(kvm, slots, gen);
	kvm_arch_flush_shadow_memslot(kvm, old);
	mutex_unlock(&kvm->slots_lock);
}

/* Nobody has seen the VM yet. */
void create(struct kvm *kvm, struct kvm_memslots *slots)
{
	rcu_assign_pointer(kvm->memslots, slots);
}
