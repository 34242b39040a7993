// SPDX-License-Identifier: GPL-2.0-only
/*
 * The dirty log.  A page is logged when it is first written: by the fault that makes it
 * writable, or by the CPU, which sets D and notes the gfn.  To harvest is to read the
 * log and to let the next write be the first one again.
 */
#include "mmu_internal.h"
#include "dirty.h"
#include "memslot.h"
#include "rmap.h"
#include "shadow.h"
#include "spte.h"
#include "tdp.h"
#include "vm.h"
#include "sim/sim.h"

/**
 * mark_page_dirty_in_slot() - note a write in the log
 * @slot: the slot
 * @gfn: what was written
 *
 * Nothing happens if the slot has no log.  Needs kvm->srcu or slots_lock, for the slot.
 */
void mark_page_dirty_in_slot(struct kvm_memory_slot *slot, gfn_t gfn)
{
	if (slot->dirty_bitmap)
		set_bit(gfn_to_index(slot, gfn), slot->dirty_bitmap);
}

/**
 * kvm_flush_pml() - take over what a CPU has noted
 * @vcpu: whose CPU
 *
 * Needs what gfn_to_memslot() needs.
 */
void kvm_flush_pml(struct kvm_vcpu *vcpu)
{
	gfn_t gfns[SIM_PML_SIZE];
	int nr = sim_pml_drain(vcpu, gfns), i;

	for (i = 0; i < nr; i++) {
		struct kvm_memory_slot *slot = gfn_to_memslot(vcpu->kvm, gfns[i]);

		if (slot)
			mark_page_dirty_in_slot(slot, gfns[i]);
	}
}

/* For the log MMU_WRITABLE stays: a fault without mmu_lock may set W again. */
static bool spte_start_over(struct kvm *kvm, u64 *sptep)
{
	u64 old_spte = READ_ONCE(*sptep);
	u64 mask = is_large_pte(old_spte) || spte_ad_need_write_protect(old_spte) ?
		   SPTE_W : SPTE_D;

	if (old_spte & mask)
		mmu_spte_update(sptep, old_spte & ~mask);
	return false;
}

static void rmap_start_over_masked(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn,
				   unsigned long mask)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	while (mask) {
		gfn_t page = gfn + __ffs(mask);

		kvm_rmap_range(kvm, slot, page, page + 1, spte_start_over);
		mask &= mask - 1;
	}
}

/* Fill the caches without mmu_lock: what was found under it may be gone. */
static int topup_without_lock_write(struct kvm *kvm)
	__must_hold(&kvm->mmu_lock)
{
	int r;

	lockdep_assert_held_write(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
	r = kvm_mmu_topup_split_caches(&kvm->arch.split_caches);
	write_lock(&kvm->mmu_lock);
	return r;
}

/* True if a flush is owed: what cannot be split, for want of memory, is zapped. */
static bool split_rmap(struct kvm *kvm, struct kvm_memory_slot *slot,
		       struct kvm_rmap_head *head)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	/* Each round looks again: the lock was dropped, and who is split leaves the list */
	while (head->list) {
		if (topup_without_lock_write(kvm))
			return kvm_rmap_zap(kvm, head);
		if (head->list)
			kvm_mmu_split_huge_page(kvm, slot, head->list->sptes[0]);
	}
	return false;
}

static void split_large_shadow_mappings(struct kvm *kvm, struct kvm_memory_slot *slot)
	__must_hold(&kvm->mmu_lock)
{
	gfn_t end = slot->base_gfn + slot->npages, gfn;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for (gfn = (gfn_t)ALIGN_DOWN(slot->base_gfn, PTES_PER_TABLE); gfn < end;
	     gfn += (gfn_t)PTES_PER_TABLE) {
		if (split_rmap(kvm, slot, gfn_to_rmap(slot, max(gfn, slot->base_gfn),
						      PG_LEVEL_2M)))
			kvm_flush_remote_tlbs(kvm);
	}
}

/* The log begins: nothing that is mapped may be written unseen from now on. */
static void kvm_mmu_slot_start_log(struct kvm *kvm, struct kvm_memory_slot *slot)
	__must_hold(&kvm->slots_lock)
{
	lockdep_assert_held(&kvm->slots_lock);
	if (kvm_memslots_have_rmaps(kvm)) {
		write_lock(&kvm->mmu_lock);
		split_large_shadow_mappings(kvm, slot);
		kvm_rmap_range(kvm, slot, slot->base_gfn, slot->base_gfn + slot->npages,
			       spte_start_over);
		write_unlock(&kvm->mmu_lock);
	}
	if (kvm->arch.tdp_mmu_enabled) {
		read_lock(&kvm->mmu_lock);
		/* What cannot be split now is split by the fault of its first write */
		kvm_tdp_mmu_try_split_huge_pages(kvm, slot);
		if (kvm->arch.ad_enabled)
			kvm_tdp_mmu_clear_dirty_slot(kvm, slot);
		else
			kvm_tdp_mmu_wrprot_slot(kvm, slot);
		read_unlock(&kvm->mmu_lock);
	}
	/*
	 * Whether or not an entry was changed here: one that was found read-only may
	 * still be cached as writable from before.
	 */
	kvm_flush_remote_tlbs_memslot(kvm, slot);
}

/**
 * kvm_mmu_slot_apply_flags() - make the tables follow the flags of a slot
 * @kvm: the VM
 * @old: the slot before, or NULL
 * @new: the slot, which faults see already
 *
 * Needs slots_lock.
 */
void kvm_mmu_slot_apply_flags(struct kvm *kvm, const struct kvm_memory_slot *old,
			      struct kvm_memory_slot *new)
	__must_hold(&kvm->slots_lock)
{
	bool logged = old && kvm_slot_dirty_track_enabled(old);

	lockdep_assert_held(&kvm->slots_lock);
	if (kvm_slot_dirty_track_enabled(new) && !logged)
		kvm_mmu_slot_start_log(kvm, new);
	if (!kvm_slot_dirty_track_enabled(new) && logged && kvm->arch.tdp_mmu_enabled) {
		read_lock(&kvm->mmu_lock);
		kvm_tdp_mmu_recover_huge_pages(kvm, new);
		read_unlock(&kvm->mmu_lock);
	}
}

static void kvm_flush_all_pml(struct kvm *kvm)
{
	int i;

	for (i = 0; i < kvm->nr_vcpus; i++)
		kvm_flush_pml(kvm->vcpus[i]);
}

static bool kvm_harvest(struct kvm *kvm, struct kvm_memory_slot *slot, unsigned long *bitmap)
	__must_hold(&kvm->slots_lock)
{
	unsigned long words = BITS_TO_LONGS(slot->npages), i;
	bool dirty = false;

	lockdep_assert_held(&kvm->slots_lock);
	write_lock(&kvm->mmu_lock);
	for (i = 0; i < words; i++) {
		gfn_t gfn = slot->base_gfn + i * BITS_PER_LONG;
		unsigned long mask = xchg(&slot->dirty_bitmap[i], 0);

		bitmap[i] = mask;
		if (!mask)
			continue;
		dirty = true;
		if (slot->rmap[0])
			rmap_start_over_masked(kvm, slot, gfn, mask);
		if (kvm->arch.tdp_mmu_enabled)
			kvm_tdp_mmu_clear_dirty_pt_masked(kvm, slot, gfn, mask);
	}
	write_unlock(&kvm->mmu_lock);
	return dirty;
}

/**
 * kvm_get_dirty_log() - read the dirty log of a slot, and start it over
 * @kvm: the VM
 * @id: of the slot
 * @bitmap: receives one bit for each gfn of the slot
 *
 * A page that is written after the call is in the next log; what was written before is
 * in memory for the caller to read.  Takes slots_lock.
 *
 * Return: 0; -ENOENT if the slot has no log.
 */
int kvm_get_dirty_log(struct kvm *kvm, int id, unsigned long *bitmap)
{
	struct kvm_memory_slot *slot;
	int r = -ENOENT;

	mutex_lock(&kvm->slots_lock);
	slot = id_to_memslot(kvm_memslots(kvm), id);
	if (!slot || !slot->dirty_bitmap)
		goto out;
	r = 0;
	kvm_flush_all_pml(kvm);
	/*
	 * Late, but before the log is given away, and with slots_lock held: until then a
	 * write through a stale translation belongs to the log that is being read.
	 */
	if (kvm_harvest(kvm, slot, bitmap))
		kvm_flush_remote_tlbs_memslot(kvm, slot);
out:
	mutex_unlock(&kvm->slots_lock);
	return r;
}
