/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_MEMSLOT_H
#define MMU_MEMSLOT_H

int kvm_set_memory_region(struct kvm *kvm, const struct kvm_userspace_memory_region *mem);
struct kvm_memslots *kvm_memslots(struct kvm *kvm);
struct kvm_memory_slot *id_to_memslot(struct kvm_memslots *slots, int id);
struct kvm_memory_slot *gfn_to_memslot(struct kvm *kvm, gfn_t gfn);
int kvm_memslot_alloc_rmap(struct kvm_memory_slot *slot);
void kvm_free_memslots(struct kvm *kvm);

#define kvm_for_each_memslot(slot, slots, id)				\
	for ((id) = 0; (id) < KVM_MEM_SLOTS_NUM; (id)++)		\
		if (!((slot) = (slots)->slots[id])) {} else

static inline bool gfn_in_memslot(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	return gfn >= slot->base_gfn && gfn - slot->base_gfn < slot->npages;
}

static inline unsigned long gfn_to_index(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	return gfn - slot->base_gfn;
}

/* The index of the 2M page of @gfn, counted from that of the first gfn of the slot */
static inline unsigned long gfn_to_lpage(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	return (gfn >> 9) - (slot->base_gfn >> 9);
}

static inline hva_t gfn_to_hva_memslot(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	return slot->userspace_addr + gfn_to_index(slot, gfn) * PAGE_SIZE;
}

static inline bool kvm_slot_dirty_track_enabled(const struct kvm_memory_slot *slot)
{
	return slot->flags & KVM_MEM_LOG_DIRTY_PAGES;
}

#endif
