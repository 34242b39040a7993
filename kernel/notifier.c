// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the host does to its mapping of guest memory, passed on to the MMU.
 *
 * The host tells first and acts then: between start and end it changes its page tables
 * without mmu_lock, and the window is open all that time.
 */
#include "mmu_internal.h"
#include "age.h"
#include "invalidate.h"
#include "memslot.h"
#include "pfncache.h"
#include "vm.h"
#include "zap.h"

/* The part of @slot that is backed by [start, end); false if there is none. */
static bool hva_range_to_gfns(struct kvm_memory_slot *slot, hva_t start, hva_t end,
			      struct kvm_gfn_range *ret)
{
	hva_t slot_start = slot->userspace_addr;
	hva_t slot_end = slot_start + slot->npages * PAGE_SIZE;

	if (slot->gmem)
		return false;
	start = max(start, slot_start);
	end = min(end, slot_end);
	if (start >= end)
		return false;
	ret->slot = slot;
	ret->start = slot->base_gfn + ((start - slot_start) >> PAGE_SHIFT);
	ret->end = slot->base_gfn + ((end - 1 - slot_start) >> PAGE_SHIFT) + 1;
	return true;
}

static bool hva_range_has_slot(struct kvm *kvm, hva_t start, hva_t end)
{
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	struct kvm_gfn_range range;
	int id;

	kvm_for_each_memslot(slot, slots, id) {
		if (hva_range_to_gfns(slot, start, end, &range))
			return true;
	}
	return false;
}

/**
 * kvm_mmu_notifier_invalidate_range_start() - the host is about to change a range
 * @kvm: the VM
 * @start: first hva, in bytes
 * @end: hva behind the last byte
 *
 * When it returns, no mapping of the range is left and none can be made before the
 * matching kvm_mmu_notifier_invalidate_range_end().  Called under the host's locks:
 * slots_lock and slots_arch_lock must not be taken, since their holders wait for the
 * end of invalidations.  Takes kvm->srcu and mmu_lock.
 *
 * Return: whether a window is open, which the end must be told.
 */
bool kvm_mmu_notifier_invalidate_range_start(struct kvm *kvm, hva_t start, hva_t end)
{
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	struct kvm_gfn_range range;
	bool opened, flush = false;
	int id, idx;

	kvm_mn_invalidate_raise(kvm);
	/*
	 * Raised first: a cache that is refreshed after this has been through must see
	 * that its page is going.
	 */
	gfn_to_pfn_cache_invalidate_hva(kvm, start, end);

	idx = srcu_read_lock(&kvm->srcu);
	opened = hva_range_has_slot(kvm, start, end);
	if (!opened)
		goto out;
	slots = kvm_memslots(kvm);
	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	kvm_for_each_memslot(slot, slots, id) {
		if (!hva_range_to_gfns(slot, start, end, &range))
			continue;
		kvm_mmu_invalidate_range_add(kvm, range.start, range.end);
		flush |= kvm_unmap_gfn_range(kvm, &range);
	}
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
out:
	srcu_read_unlock(&kvm->srcu, idx);
	return opened;
}

/**
 * kvm_mmu_notifier_invalidate_range_end() - the host has changed the range
 * @kvm: the VM
 * @opened: what kvm_mmu_notifier_invalidate_range_start() has returned
 *
 * Takes mmu_lock.
 */
void kvm_mmu_notifier_invalidate_range_end(struct kvm *kvm, bool opened)
{
	if (opened) {
		write_lock(&kvm->mmu_lock);
		kvm_mmu_invalidate_end(kvm);
		write_unlock(&kvm->mmu_lock);
	}
	kvm_mn_invalidate_drop(kvm);
}

static bool kvm_age_hva_range(struct kvm *kvm, hva_t start, hva_t end,
			      bool (*age)(struct kvm *kvm, struct kvm_gfn_range *range))
{
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	struct kvm_gfn_range range;
	bool young = false;
	int id, idx;

	idx = srcu_read_lock(&kvm->srcu);
	slots = kvm_memslots(kvm);
	write_lock(&kvm->mmu_lock);
	kvm_for_each_memslot(slot, slots, id) {
		if (hva_range_to_gfns(slot, start, end, &range))
			young |= age(kvm, &range);
	}
	write_unlock(&kvm->mmu_lock);
	srcu_read_unlock(&kvm->srcu, idx);
	return young;
}

/**
 * kvm_mmu_notifier_clear_young() - was the range accessed since the last time
 * @kvm: the VM
 * @start: first hva, in bytes
 * @end: hva behind the last byte
 *
 * No flush: a page that is accessed through a stale TLB entry looks old for a while,
 * which costs the host a wrong guess and nobody his data.  Takes kvm->srcu and mmu_lock.
 *
 * Return: whether it was.
 */
bool kvm_mmu_notifier_clear_young(struct kvm *kvm, hva_t start, hva_t end)
{
	return kvm_age_hva_range(kvm, start, end, kvm_age_gfn);
}

/**
 * kvm_mmu_notifier_test_young() - was a page accessed
 * @kvm: the VM
 * @hva: the page, in bytes
 *
 * Forgets nothing.  Takes kvm->srcu and mmu_lock.
 *
 * Return: whether it was since kvm_mmu_notifier_clear_young().
 */
bool kvm_mmu_notifier_test_young(struct kvm *kvm, hva_t hva)
{
	return kvm_age_hva_range(kvm, hva, hva + PAGE_SIZE, kvm_test_age_gfn);
}
