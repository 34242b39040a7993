// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A set is published while no invalidation is under way, and settled when all
// readers of the old one have left.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

#define GEN_UPDATE_IN_PROGRESS	(1ULL << 63)

void kvm_arch_flush_shadow_memslot(struct kvm *kvm, struct kvm_memory_slot *slot);

void hasty_bad(struct kvm *kvm, struct kvm_memslots *slots, u64 gen)
{
	mutex_lock(&kvm->slots_lock);
	mutex_lock(&kvm->slots_arch_lock);
	slots->generation = gen | GEN_UPDATE_IN_PROGRESS;
	spin_lock(&kvm->mn_invalidate_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm.no_invalidation [memslot-publish]
	rcu_assign_pointer(kvm->memslots, slots);
	spin_unlock(&kvm->mn_invalidate_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: forbids kvm.memslots_read [memslot-publish]
	slots->generation = gen;
	synchronize_srcu(&kvm->srcu);
	mutex_unlock(&kvm->slots_lock);
}

void deaf_bad(struct kvm *kvm, struct kvm_memslots *slots,
	      struct kvm_memory_slot *old, u64 gen)
{
	mutex_lock(&kvm->slots_lock);
	mutex_lock(&kvm->slots_arch_lock);
	spin_lock(&kvm->mn_invalidate_lock);
	if (!kvm->mn_active_invalidate_count)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm.update_marked [memslot-publish]
		rcu_assign_pointer(kvm->memslots, slots);
	spin_unlock(&kvm->mn_invalidate_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_arch_flush_shadow_memslot() is called with kvm.memslots_read [memslot-publish]
	kvm_arch_flush_shadow_memslot(kvm, old);
	/* It is one mistake, and was told. */
	mutex_unlock(&kvm->slots_lock);
}

void nobody_waits_bad(struct kvm *kvm, struct kvm_memslots *slots, u64 gen)
{
	mutex_lock(&kvm->slots_lock);
	slots->generation = gen | GEN_UPDATE_IN_PROGRESS;
	spin_lock(&kvm->mn_invalidate_lock);
	if (!kvm->mn_active_invalidate_count)
		rcu_assign_pointer(kvm->memslots, slots);
	spin_unlock(&kvm->mn_invalidate_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is dropped before kvm.memslots_read is settled [memslot-publish]
	mutex_unlock(&kvm->slots_lock);
}

void shared_bad(struct kvm *kvm, struct kvm_memory_slot *old)
{
	mutex_lock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm_memory_slot.copied [memslot-publish]
	old->flags |= KVM_MEMSLOT_INVALID;
	mutex_unlock(&kvm->slots_arch_lock);
}
