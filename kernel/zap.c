// SPDX-License-Identifier: GPL-2.0-only
/*
 * Taking mappings away.  A fault that looked its page up before must not map it again
 * afterwards, and there are three ways to be sure of that: a window; a slot that is
 * marked invalid, and a grace period; a root that is marked invalid.
 */
#include "mmu_internal.h"
#include "invalidate.h"
#include "memslot.h"
#include "rmap.h"
#include "shadow.h"
#include "tdp.h"
#include "vm.h"
#include "zap.h"

/**
 * kvm_unmap_gfn_range() - zap what is mapped of a range
 * @kvm: the VM
 * @range: the range
 *
 * Needs mmu_lock for write, which it may drop for a while; an open window, or the proof
 * that the slot is being removed.  That slots_lock is held is no such proof: without the
 * grace period a fault may still be on its way that saw the slot valid.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
	__must_hold(&kvm->mmu_lock)
{
	bool flush = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	lockdep_assert_once(kvm->mmu_invalidate_in_progress ||
			    (lockdep_is_held(&kvm->slots_lock) &&
			     kvm->memslot_removals));

	if (kvm_memslots_have_rmaps(kvm))
		flush = kvm_rmap_range(kvm, range->slot, range->start, range->end, NULL);
	if (kvm->arch.tdp_mmu_enabled)
		flush = kvm_tdp_mmu_unmap_gfn_range(kvm, range, flush);
	return flush;
}

/**
 * kvm_zap_gfn_range() - zap a range of gfns, so that faults map it anew
 * @kvm: the VM
 * @start: first gfn
 * @end: gfn behind the last one
 *
 * For when something that the entries were made from has changed.  Needs kvm->srcu or
 * slots_lock; takes mmu_lock.
 */
void kvm_zap_gfn_range(struct kvm *kvm, gfn_t start, gfn_t end)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	bool flush = false;
	int id;

	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	kvm_mmu_invalidate_range_add(kvm, start, end);
	kvm_for_each_memslot(slot, slots, id) {
		struct kvm_gfn_range range = {
			.slot = slot,
			.start = max(start, slot->base_gfn),
			.end = min(end, slot->base_gfn + slot->npages),
		};

		if (range.start < range.end)
			flush |= kvm_unmap_gfn_range(kvm, &range);
	}
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	kvm_mmu_invalidate_end(kvm);
	write_unlock(&kvm->mmu_lock);
}

/* Shadows of tables that lie in @slot: their counts are in the slot's arrays. */
static void kvm_zap_shadows_in_slot(struct kvm *kvm, struct kvm_memory_slot *slot,
				    struct list_head *invalid_list)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp, *next;

	lockdep_assert_held_write(&kvm->mmu_lock);
	list_for_each_entry_safe(sp, next, &kvm->arch.active_mmu_pages, link) {
		if (!sp->role.direct && gfn_in_memslot(slot, sp->gfn))
			kvm_mmu_prepare_zap_page(kvm, sp, invalid_list);
	}
}

/**
 * kvm_arch_flush_shadow_memslot() - zap a slot that goes away
 * @kvm: the VM
 * @slot: the slot as it was before it was marked
 *
 * Needs slots_lock, and that a grace period has passed since the slot was marked.
 */
void kvm_arch_flush_shadow_memslot(struct kvm *kvm, struct kvm_memory_slot *slot)
	__must_hold(&kvm->slots_lock)
{
	struct kvm_gfn_range range = {
		.slot = slot,
		.start = slot->base_gfn,
		.end = slot->base_gfn + slot->npages,
	};
	LIST_HEAD(invalid_list);
	bool flush = false;

	lockdep_assert_held(&kvm->slots_lock);
	write_lock(&kvm->mmu_lock);
	flush |= kvm_unmap_gfn_range(kvm, &range);
	kvm_zap_shadows_in_slot(kvm, slot, &invalid_list);
	kvm_mmu_remote_flush_or_zap(kvm, &invalid_list, flush);
	write_unlock(&kvm->mmu_lock);
}

/**
 * kvm_mmu_zap_all_fast() - let every vCPU start with empty tables
 * @kvm: the VM
 *
 * The roots are marked, and vCPUs leave them before they access memory again; what
 * hangs below the roots is freed at leisure.  Needs slots_lock.
 */
void kvm_mmu_zap_all_fast(struct kvm *kvm)
	__must_hold(&kvm->slots_lock)
{
	lockdep_assert_held(&kvm->slots_lock);
	write_lock(&kvm->mmu_lock);
	/* Two generations are enough: all of the older one are gone before the next call */
	kvm->arch.mmu_valid_gen ^= 1;
	if (kvm->arch.tdp_mmu_enabled)
		kvm_tdp_mmu_invalidate_all_roots(kvm);
	/*
	 * In the same section as the marks: a vCPU that met the request before would look
	 * for them, find none, and go on with its old root.
	 */
	kvm_make_all_cpus_request(kvm, KVM_REQ_MMU_FREE_OBSOLETE_ROOTS);
	kvm_zap_obsolete_pages(kvm);
	write_unlock(&kvm->mmu_lock);

	if (kvm->arch.tdp_mmu_enabled)
		kvm_tdp_mmu_zap_invalidated_roots(kvm);
}

/**
 * kvm_mmu_zap_all() - zap everything of a VM that ends
 * @kvm: the VM; no vCPU runs any more
 *
 * Takes mmu_lock.
 */
void kvm_mmu_zap_all(struct kvm *kvm)
{
	struct kvm_mmu_page *sp;
	LIST_HEAD(invalid_list);

	write_lock(&kvm->mmu_lock);
	while (!list_empty(&kvm->arch.active_mmu_pages)) {
		sp = list_first_entry(&kvm->arch.active_mmu_pages, struct kvm_mmu_page, link);
		kvm_mmu_prepare_zap_page(kvm, sp, &invalid_list);
	}
	kvm_mmu_commit_zap_page(kvm, &invalid_list);
	if (kvm->arch.tdp_mmu_enabled)
		kvm_tdp_mmu_invalidate_all_roots(kvm);
	write_unlock(&kvm->mmu_lock);
}
