// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Up to 5.16 all memslots are copied, and the one that goes is marked in the copy;
// kvm_delete_memslot() is who starts that.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

#define GEN_UPDATE_IN_PROGRESS	(1ULL << 63)

struct kvm_memslots *kvm_dup_memslots(struct kvm_memslots *old, int change);
struct kvm_memory_slot *id_to_memslot(struct kvm_memslots *slots, int id);
void kvm_arch_flush_shadow_memslot(struct kvm *kvm, struct kvm_memory_slot *slot);
void schedule(void);

static void publish(struct kvm *kvm, struct kvm_memslots *slots, u64 gen)
{
	slots->generation = gen | GEN_UPDATE_IN_PROGRESS;
	spin_lock(&kvm->mn_invalidate_lock);
	while (kvm->mn_active_invalidate_count) {
		spin_unlock(&kvm->mn_invalidate_lock);
		schedule();
		spin_lock(&kvm->mn_invalidate_lock);
	}
	rcu_assign_pointer(kvm->memslots, slots);
	spin_unlock(&kvm->mn_invalidate_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	synchronize_srcu_expedited(&kvm->srcu);
	slots->generation = gen;
}

static int kvm_delete_memslot(struct kvm *kvm, int id)
{
	struct kvm_memslots *slots;
	struct kvm_memory_slot *slot;

	mutex_lock(&kvm->slots_arch_lock);
	slots = kvm_dup_memslots(kvm->memslots, 0);
	slot = id_to_memslot(slots, id);
	slot->flags |= KVM_MEMSLOT_INVALID;
	publish(kvm, slots, 2);
	kvm_arch_flush_shadow_memslot(kvm, slot);
	return 0;
}

int remove(struct kvm *kvm, int id)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	r = kvm_delete_memslot(kvm, id);
	mutex_unlock(&kvm->slots_lock);
	return r;
}
