// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What was read in a section is not used when that has ended.

#include <linux/kvm_host.h>
#include <linux/srcu.h>

struct kvm_memory_slot *gfn_to_memslot(struct kvm *kvm, gfn_t gfn);

int used_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	slot = gfn_to_memslot(kvm, gfn);
	srcu_read_unlock(&kvm->srcu, idx);
	if (!slot)
		return 0;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what gfn_to_memslot() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
	return slot->npages;
}

struct kvm_memory_slot *returned_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	slot = gfn_to_memslot(kvm, gfn);
	srcu_read_unlock(&kvm->srcu, idx);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what gfn_to_memslot() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
	return slot;
}

struct kvm_memory_slot *locked_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;

	mutex_lock(&kvm->slots_lock);
	slot = gfn_to_memslot(kvm, gfn);
	mutex_unlock(&kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what gfn_to_memslot() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
	slot->flags = 0;
	return NULL;
}

static struct kvm_memory_slot *find(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);

	return slot && slot->npages ? slot : NULL;
}

static unsigned long size(struct kvm_memory_slot *slot)
{
	return slot->npages;
}

unsigned long by_others_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	slot = find(kvm, gfn);
	srcu_read_unlock(&kvm->srcu, idx);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what find() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
	return size(slot);
}

static void rest(struct kvm *kvm, int *idx)
{
	srcu_read_unlock(&kvm->srcu, *idx);
	*idx = srcu_read_lock(&kvm->srcu);
}

unsigned long rested_bad(struct kvm *kvm, gfn_t gfn)
{
	int idx = srcu_read_lock(&kvm->srcu);
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);
	unsigned long npages;

	rest(kvm, &idx);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what gfn_to_memslot() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
	npages = slot->npages;
	srcu_read_unlock(&kvm->srcu, idx);
	return npages;
}

unsigned long guarded_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;

	{
		guard(srcu)(&kvm->srcu);
		slot = gfn_to_memslot(kvm, gfn);
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what gfn_to_memslot() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
	return slot->npages;
}

unsigned long in_a_loop_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memory_slot *slot = NULL;
	unsigned long npages = 0;
	int idx;

	for (; gfn < 10; gfn++) {
		// CHECK: :[[@LINE+2]]:{{.*}}warning: what gfn_to_memslot() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
		if (slot)
			npages += slot->npages;
		idx = srcu_read_lock(&kvm->srcu);
		slot = gfn_to_memslot(kvm, gfn);
		srcu_read_unlock(&kvm->srcu, idx);
	}
	return npages;
}

struct node {
	struct node *left, *right;
};

struct slots {
	struct node *tree;
};

struct entry {
	struct node node;
	unsigned long npages;
};

struct slots *kvm_memslots(struct kvm *kvm);
struct node *tree_first(struct node **tree);
struct node *tree_next(struct node *node);

/* What is found in it, step by step, is a part of it. */
unsigned long in_a_tree_bad(struct kvm *kvm)
{
	struct slots *slots;
	struct node *node;
	unsigned long npages = 0;
	int idx = srcu_read_lock(&kvm->srcu);

	slots = kvm_memslots(kvm);
	for (node = tree_first(&slots->tree); node; node = tree_next(node)) {
		struct entry *entry = container_of(node, struct entry, node);

		srcu_read_unlock(&kvm->srcu, idx);
		// CHECK: :[[@LINE+1]]:{{.*}}warning: what tree_{{first|next}}() returned is used after kvm.srcu or kvm.slots_lock has ended [srcu-memslots]
		npages += entry->npages;
		idx = srcu_read_lock(&kvm->srcu);
	}
	srcu_read_unlock(&kvm->srcu, idx);
	return npages;
}
