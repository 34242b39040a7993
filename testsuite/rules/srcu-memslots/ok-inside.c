// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Sections within sections, one after the other, and values that are no pointers.

#include <linux/kvm_host.h>
#include <linux/srcu.h>

struct kvm_memory_slot *gfn_to_memslot(struct kvm *kvm, gfn_t gfn);

unsigned long inside(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;
	unsigned long npages = 0;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	slot = gfn_to_memslot(kvm, gfn);
	if (slot)
		npages = slot->npages;
	srcu_read_unlock(&kvm->srcu, idx);
	return npages;
}

/* Whether there is one may be asked for at any time. */
bool exists(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	slot = gfn_to_memslot(kvm, gfn);
	srcu_read_unlock(&kvm->srcu, idx);
	return slot != NULL;
}

unsigned long nested(struct kvm *kvm, gfn_t gfn)
{
	int outer = srcu_read_lock(&kvm->srcu), inner;
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);
	unsigned long npages;

	inner = srcu_read_lock(&kvm->srcu);
	srcu_read_unlock(&kvm->srcu, inner);
	npages = slot->npages;
	srcu_read_unlock(&kvm->srcu, outer);
	return npages;
}

unsigned long by_either(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;
	unsigned long npages;
	int idx;

	mutex_lock(&kvm->slots_lock);
	idx = srcu_read_lock(&kvm->srcu);
	slot = gfn_to_memslot(kvm, gfn);
	srcu_read_unlock(&kvm->srcu, idx);
	npages = slot->npages;
	mutex_unlock(&kvm->slots_lock);
	return npages;
}

unsigned long again(struct kvm *kvm, gfn_t gfn, int n)
{
	struct kvm_memory_slot *slot;
	unsigned long npages = 0;
	int idx;

	while (n--) {
		idx = srcu_read_lock(&kvm->srcu);
		slot = gfn_to_memslot(kvm, gfn);
		npages += slot->npages;
		srcu_read_unlock(&kvm->srcu, idx);
	}
	return npages;
}

unsigned long found_anew(struct kvm *kvm, gfn_t gfn)
{
	int idx = srcu_read_lock(&kvm->srcu);
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);
	unsigned long npages = slot->npages;

	srcu_read_unlock(&kvm->srcu, idx);
	idx = srcu_read_lock(&kvm->srcu);
	slot = gfn_to_memslot(kvm, gfn);
	npages += slot->npages;
	srcu_read_unlock(&kvm->srcu, idx);
	return npages;
}

/* The path that has left the section is not the one that goes on with the slot. */
unsigned long one_way(struct kvm *kvm, gfn_t gfn, bool leave)
{
	int idx = srcu_read_lock(&kvm->srcu);
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);
	unsigned long npages = 0;

	if (leave)
		srcu_read_unlock(&kvm->srcu, idx);
	if (!leave) {
		npages = slot->npages;
		srcu_read_unlock(&kvm->srcu, idx);
	}
	return npages;
}

/* A section of another VM begins and ends. */
unsigned long of_another(struct kvm *kvm, struct kvm *other, gfn_t gfn)
{
	int idx = srcu_read_lock(&kvm->srcu), idx2;
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);
	unsigned long npages;

	idx2 = srcu_read_lock(&other->srcu);
	srcu_read_unlock(&other->srcu, idx2);
	npages = slot->npages;
	srcu_read_unlock(&kvm->srcu, idx);
	return npages;
}

/* Used only where the section was not left in between. */
unsigned long by_flag(struct kvm *kvm, gfn_t gfn, bool leave)
{
	int idx = srcu_read_lock(&kvm->srcu);
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);
	unsigned long npages = 0;

	if (leave) {
		srcu_read_unlock(&kvm->srcu, idx);
		idx = srcu_read_lock(&kvm->srcu);
	}
	if (!leave)
		npages = slot->npages;
	srcu_read_unlock(&kvm->srcu, idx);
	return npages;
}
