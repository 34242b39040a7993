// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memslots.  There are two sets: readers see the active one through SRCU, and changes
 * are made to the other, which nobody sees.  A slot that can be seen never changes:
 * a change is a new slot in the other set, and the sets then swap.
 */
#include "mmu_internal.h"
#include "dirty.h"
#include "memslot.h"
#include "zap.h"

/**
 * kvm_memslots() - the active set
 * @kvm: the VM
 *
 * Needs kvm->srcu, or slots_lock, which keeps the set from being replaced.  A slot
 * found in it is valid as long as the caller has either.
 *
 * Return: the set.
 */
struct kvm_memslots *kvm_memslots(struct kvm *kvm)
{
	return srcu_dereference_check(kvm->memslots, &kvm->srcu,
				      lockdep_is_held(&kvm->slots_lock) ||
				      !refcount_read(&kvm->users_count));
}

/**
 * id_to_memslot() - the slot of a number
 * @slots: the set
 * @id: the number
 *
 * Needs what kvm_memslots() needs.
 *
 * Return: the slot or NULL.
 */
struct kvm_memory_slot *id_to_memslot(struct kvm_memslots *slots, int id)
{
	return id < KVM_MEM_SLOTS_NUM ? slots->slots[id] : NULL;
}

/**
 * gfn_to_memslot() - the slot of a gfn
 * @kvm: the VM
 * @gfn: the gfn
 *
 * Needs what kvm_memslots() needs.
 *
 * Return: the slot, which may be on its way out (KVM_MEMSLOT_INVALID), or NULL.
 */
struct kvm_memory_slot *gfn_to_memslot(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	int id;

	kvm_for_each_memslot(slot, slots, id) {
		if (gfn_in_memslot(slot, gfn))
			return slot;
	}
	return NULL;
}

static struct kvm_memslots *kvm_inactive_memslots(struct kvm *kvm)
	__must_hold(&kvm->slots_lock)
{
	lockdep_assert_held(&kvm->slots_lock);
	return kvm_memslots(kvm) == &kvm->__memslots[0] ? &kvm->__memslots[1] :
							  &kvm->__memslots[0];
}

/*
 * Make the inactive set the active one with one slot replaced.  The set that went out
 * of use is not touched again before a grace period has passed.
 */
static void kvm_replace_memslot(struct kvm *kvm, int id, struct kvm_memory_slot *new)
	__must_hold(&kvm->slots_lock)
{
	struct kvm_memslots *active, *inactive;

	lockdep_assert_held(&kvm->slots_lock);
	active = kvm_memslots(kvm);
	inactive = kvm_inactive_memslots(kvm);
	*inactive = *active;
	inactive->slots[id] = new;
	inactive->generation = active->generation + 1;
}

/*
 * Publish the inactive set, and wait until nobody uses the other one.
 *
 * An open window is about the gfns that its range had in the set when it was opened.  A
 * slot that came meanwhile could give the range others, and a fault there would not see
 * that what it found goes away: no swap as long as an invalidation is under way.
 *
 * slots_arch_lock is taken by page faults inside their srcu read section: to wait for
 * the end of that section with the lock held is a deadlock, so it is dropped here.
 */
static void kvm_swap_active_memslots(struct kvm *kvm)
	__must_hold(&kvm->slots_lock)
{
	struct kvm_memslots *slots = kvm_inactive_memslots(kvm);

	lockdep_assert_held(&kvm->slots_lock);
	lockdep_assert_held(&kvm->slots_arch_lock);

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
	kvm->synced_generation = slots->generation;
}

/*
 * From here on the slot may be zapped without a window.  A fault looks its slot up before
 * it looks at mmu_invalidate_seq, so the sequence says nothing about a slot that goes
 * away.  Two things do: the active set has the slot marked invalid, so that new faults see
 * that, and a grace period has passed since, so that no fault is left that does not.
 * Holding slots_lock alone proves neither.
 */
static void kvm_memslot_removal_begin(struct kvm *kvm, int id)
	__must_hold(&kvm->slots_lock)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);

	lockdep_assert_held(&kvm->slots_lock);
	WARN_ON_ONCE(!(id_to_memslot(slots, id)->flags & KVM_MEMSLOT_INVALID));
	WARN_ON_ONCE(kvm->synced_generation != slots->generation);
	kvm->memslot_removals++;
}

static void kvm_memslot_removal_end(struct kvm *kvm)
	__must_hold(&kvm->slots_lock)
{
	lockdep_assert_held(&kvm->slots_lock);
	kvm->memslot_removals--;
}

/*
 * Take a slot away in two steps: mark it, so that no new fault maps it; then zap what
 * is mapped.  Faults that saw the slot unmarked are over after the grace period.
 */
static void kvm_invalidate_memslot(struct kvm *kvm, struct kvm_memory_slot *old,
				   struct kvm_memory_slot *invalid)
	__must_hold(&kvm->slots_lock)
{
	lockdep_assert_held(&kvm->slots_lock);
	*invalid = *old;
	invalid->flags |= KVM_MEMSLOT_INVALID;
	kvm_replace_memslot(kvm, old->id, invalid);
	kvm_swap_active_memslots(kvm);
	kvm_memslot_removal_begin(kvm, old->id);
	kvm_arch_flush_shadow_memslot(kvm, old);
	kvm_memslot_removal_end(kvm);
	mutex_lock(&kvm->slots_arch_lock);
}

/**
 * kvm_memslot_alloc_rmap() - allocate the reverse map of a slot
 * @slot: the slot
 *
 * Needs slots_arch_lock of the VM, if the slot can be seen.
 *
 * Return: 0 or -ENOMEM.
 */
int kvm_memslot_alloc_rmap(struct kvm_memory_slot *slot)
{
	unsigned long lpages = gfn_to_lpage(slot, slot->base_gfn + slot->npages - 1) + 1;
	struct kvm_rmap_head *small, *large;

	if (slot->rmap[0])
		return 0;
	small = kvcalloc(slot->npages, sizeof(*small), GFP_KERNEL_ACCOUNT);
	large = kvcalloc(lpages, sizeof(*large), GFP_KERNEL_ACCOUNT);
	if (!small || !large) {
		kvfree(small);
		kvfree(large);
		return -ENOMEM;
	}
	slot->rmap[1] = large;
	WRITE_ONCE(slot->rmap[0], small);
	return 0;
}

/* Free of @slot what @keep does not share with it. */
static void kvm_free_memslot(struct kvm_memory_slot *slot, const struct kvm_memory_slot *keep)
{
	if (!keep || keep->dirty_bitmap != slot->dirty_bitmap)
		kvfree(slot->dirty_bitmap);
	if (!keep || keep->disallow_lpage != slot->disallow_lpage) {
		kvfree(slot->rmap[0]);
		kvfree(slot->rmap[1]);
		kvfree(slot->disallow_lpage);
		kvfree(slot->write_track);
	}
	kfree(slot);
}

/*
 * A 2M page is not possible where the slot covers only a part of it, nor anywhere if
 * gfn and hva do not reach a 2M boundary together.
 */
static void kvm_memslot_init_lpages(struct kvm_memory_slot *slot)
{
	gfn_t last = slot->base_gfn + slot->npages - 1;
	unsigned long lpages = gfn_to_lpage(slot, last) + 1, i;
	u64 skew = slot->base_gfn ^ (slot->userspace_addr >> PAGE_SHIFT);

	if (slot->base_gfn & (PTES_PER_TABLE - 1))
		slot->disallow_lpage[0]++;
	if ((last + 1) & (PTES_PER_TABLE - 1))
		slot->disallow_lpage[lpages - 1]++;
	for (i = 0; i < lpages; i++) {
		if (slot->gmem || (skew & (PTES_PER_TABLE - 1)))
			slot->disallow_lpage[i]++;
	}
}

/*
 * Allocate what @new has not taken over.  A slot that moves gets its reverse map in any
 * case: the lock is dropped before the slot can be seen, and the first shadow root may
 * come meanwhile.
 */
static int kvm_prepare_memslot(struct kvm *kvm, struct kvm_memory_slot *new, bool moves)
	__must_hold(&kvm->slots_arch_lock)
{
	unsigned long lpages = gfn_to_lpage(new, new->base_gfn + new->npages - 1) + 1;

	lockdep_assert_held(&kvm->slots_arch_lock);
	if (!kvm_slot_dirty_track_enabled(new))
		new->dirty_bitmap = NULL;
	else if (!new->dirty_bitmap)
		new->dirty_bitmap = kvcalloc(BITS_TO_LONGS(new->npages), sizeof(long),
					     GFP_KERNEL_ACCOUNT);
	if (kvm_slot_dirty_track_enabled(new) && !new->dirty_bitmap)
		return -ENOMEM;
	if (new->disallow_lpage)
		return 0;

	new->disallow_lpage = kvcalloc(lpages, sizeof(int), GFP_KERNEL_ACCOUNT);
	new->write_track = kvcalloc(new->npages, sizeof(u16), GFP_KERNEL_ACCOUNT);
	if (!new->disallow_lpage || !new->write_track)
		return -ENOMEM;
	kvm_memslot_init_lpages(new);
	return moves || kvm->arch.shadow_root_allocated ? kvm_memslot_alloc_rmap(new) : 0;
}

/*
 * Replace @old by @new; either may be NULL.  On an error @old is what it was.
 */
static int kvm_set_memslot(struct kvm *kvm, struct kvm_memory_slot *old,
			   struct kvm_memory_slot *new)
	__must_hold(&kvm->slots_lock)
{
	bool removed = old && (!new || new->base_gfn != old->base_gfn);
	struct kvm_memory_slot *invalid = NULL;
	int r = 0;

	lockdep_assert_held(&kvm->slots_lock);
	if (removed) {
		invalid = kzalloc(sizeof(*invalid), GFP_KERNEL_ACCOUNT);
		if (!invalid)
			return -ENOMEM;
	}

	mutex_lock(&kvm->slots_arch_lock);
	/* The reverse map may have come to @old when the first shadow root did */
	if (new && old && !removed)
		memcpy(new->rmap, old->rmap, sizeof(new->rmap));
	if (new)
		r = kvm_prepare_memslot(kvm, new, removed);
	if (r) {
		mutex_unlock(&kvm->slots_arch_lock);
		kfree(invalid);
		return r;
	}
	if (removed)
		kvm_invalidate_memslot(kvm, old, invalid);
	kvm_replace_memslot(kvm, old ? old->id : new->id, new);
	kvm_swap_active_memslots(kvm);
	kfree(invalid);

	if (new)
		kvm_mmu_slot_apply_flags(kvm, old, new);
	if (old)
		kvm_free_memslot(old, new);
	return 0;
}

static bool kvm_memslot_fits(struct kvm *kvm, const struct kvm_userspace_memory_region *mem)
	__must_hold(&kvm->slots_lock)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	int id;

	lockdep_assert_held(&kvm->slots_lock);
	kvm_for_each_memslot(slot, slots, id) {
		if (id != mem->slot && mem->base_gfn < slot->base_gfn + slot->npages &&
		    slot->base_gfn < mem->base_gfn + mem->npages)
			return false;
	}
	return true;
}

static struct kvm_memory_slot *kvm_new_memslot(const struct kvm_memory_slot *old,
					       const struct kvm_userspace_memory_region *mem)
{
	struct kvm_memory_slot *new = kzalloc(sizeof(*new), GFP_KERNEL_ACCOUNT);

	if (!new)
		return NULL;
	/* A slot that only changes its flags keeps its maps, and so its counts */
	if (old && old->base_gfn == mem->base_gfn)
		*new = *old;
	else if (old)
		new->dirty_bitmap = old->dirty_bitmap;
	new->id = mem->slot;
	new->base_gfn = mem->base_gfn;
	new->npages = mem->npages;
	new->userspace_addr = mem->userspace_addr;
	new->gmem = mem->gmem;
	new->gmem_pgoff = mem->gmem_pgoff;
	new->flags = mem->flags;
	return new;
}

/**
 * kvm_set_memory_region() - create, delete or move a slot, or change its flags
 * @kvm: the VM
 * @mem: what the slot should be; npages 0 deletes it, and may not change otherwise
 *
 * Takes slots_lock, waits for readers of kvm->srcu: the caller is none of them.
 *
 * Return: 0; -EINVAL for a slot that cannot be; -EEXIST for one that overlaps another;
 * -ENOMEM.
 */
int kvm_set_memory_region(struct kvm *kvm, const struct kvm_userspace_memory_region *mem)
{
	struct kvm_memory_slot *old, *new = NULL;
	int r = -EINVAL;

	if (mem->slot >= KVM_MEM_SLOTS_NUM)
		return -EINVAL;
	mutex_lock(&kvm->slots_lock);
	old = id_to_memslot(kvm_memslots(kvm), mem->slot);
	if (!old && !mem->npages)
		goto out;
	if (old && mem->npages && (mem->npages != old->npages || mem->gmem != old->gmem ||
				   mem->userspace_addr != old->userspace_addr))
		goto out;

	if (mem->npages) {
		r = -EEXIST;
		if (!kvm_memslot_fits(kvm, mem))
			goto out;
		r = -ENOMEM;
		new = kvm_new_memslot(old, mem);
		if (!new)
			goto out;
	}
	r = kvm_set_memslot(kvm, old, new);
	if (r && new)
		kvm_free_memslot(new, old);
out:
	mutex_unlock(&kvm->slots_lock);
	return r;
}

/**
 * kvm_free_memslots() - free the slots of a VM that ends
 * @kvm: the VM; its last user is gone, and nobody else sees them
 *
 * Needs no lock.
 */
void kvm_free_memslots(struct kvm *kvm)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	int id;

	kvm_for_each_memslot(slot, slots, id)
		kvm_free_memslot(slot, NULL);
}
