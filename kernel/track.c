// SPDX-License-Identifier: GPL-2.0-only
/*
 * Write tracking: a page table of the guest that is shadowed is not writable for the
 * guest; its writes are emulated, and the shadow follows.  A table of the lowest level
 * may instead be left to the guest, out of sync (unsync.c).
 */
#include "mmu_internal.h"
#include "dirty.h"
#include "memslot.h"
#include "rmap.h"
#include "shadow.h"
#include "tdp.h"
#include "track.h"
#include "vm.h"
#include "sim/sim.h"

/**
 * kvm_gfn_is_write_tracked() - is a gfn a table above 4K that is shadowed
 * @slot: its slot
 * @gfn: the gfn
 *
 * Needs mmu_lock, in any mode: the count changes under mmu_lock for write.
 *
 * Return: true if it is.
 */
bool kvm_gfn_is_write_tracked(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	return slot->write_track[gfn_to_index(slot, gfn)];
}

/**
 * kvm_mmu_slot_gfn_write_protect() - forbid writes to a page table
 * @kvm: the VM
 * @slot: its slot
 * @gfn: its gfn
 *
 * Needs mmu_lock for write.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool kvm_mmu_slot_gfn_write_protect(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn)
	__must_hold(&kvm->mmu_lock)
{
	bool flush;

	lockdep_assert_held_write(&kvm->mmu_lock);
	flush = rmap_write_protect(kvm, slot, gfn);
	if (kvm->arch.tdp_mmu_enabled)
		flush |= kvm_tdp_mmu_write_protect_gfn(kvm, slot, gfn);
	return flush;
}

/**
 * account_shadowed() - a page table of the guest gets a shadow
 * @kvm: the VM
 * @sp: the shadow
 *
 * Needs mmu_lock for write.
 */
void account_shadowed(struct kvm *kvm, struct kvm_mmu_page *sp)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, sp->gfn);

	lockdep_assert_held_write(&kvm->mmu_lock);
	WRITE_ONCE(kvm->arch.indirect_shadow_pages, kvm->arch.indirect_shadow_pages + 1);
	/*
	 * The entry of the guest is read again after this.  Either that sees what an
	 * emulated write stored, or the emulator sees the count and comes to change the
	 * shadow.  Pairs with kvm_mmu_track_write().
	 */
	smp_mb();
	if (!slot)
		return;
	/* A large mapping would be writable around the page */
	slot->disallow_lpage[gfn_to_lpage(slot, sp->gfn)]++;
	if (sp->role.level > PG_LEVEL_4K)
		slot->write_track[gfn_to_index(slot, sp->gfn)]++;
	if (kvm_mmu_slot_gfn_write_protect(kvm, slot, sp->gfn))
		kvm_flush_remote_tlbs_gfn(kvm, sp->gfn, PG_LEVEL_4K);
}

/**
 * unaccount_shadowed() - a page table of the guest loses a shadow
 * @kvm: the VM
 * @sp: the shadow
 *
 * Needs mmu_lock for write.
 */
void unaccount_shadowed(struct kvm *kvm, struct kvm_mmu_page *sp)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, sp->gfn);

	lockdep_assert_held_write(&kvm->mmu_lock);
	WRITE_ONCE(kvm->arch.indirect_shadow_pages, kvm->arch.indirect_shadow_pages - 1);
	if (!slot)
		return;
	slot->disallow_lpage[gfn_to_lpage(slot, sp->gfn)]--;
	if (sp->role.level > PG_LEVEL_4K)
		slot->write_track[gfn_to_index(slot, sp->gfn)]--;
}

/**
 * kvm_mmu_track_write() - an emulated write has changed 8 bytes
 * @vcpu: who wrote
 * @gpa: where, in bytes, aligned to 8
 *
 * Zaps what shadows the entry.  Needs kvm->srcu; takes mmu_lock.
 */
void kvm_mmu_track_write(struct kvm_vcpu *vcpu, gpa_t gpa)
{
	struct kvm *kvm = vcpu->kvm;
	int index = (gpa & ~PAGE_MASK) / sizeof(u64);
	struct kvm_mmu_page *sp;
	bool flush = false;

	/*
	 * The write is stored.  Either the count is seen here, or who makes a shadow of
	 * the page sees the write.  Pairs with account_shadowed().
	 */
	smp_mb();
	if (!READ_ONCE(kvm->arch.indirect_shadow_pages))
		return;

	write_lock(&kvm->mmu_lock);
	for_each_gfn_valid_sp_with_gptes(kvm, sp, gpa_to_gfn(gpa))
		flush |= mmu_page_zap_pte(kvm, sp, &sp->spt[index]);
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

/**
 * kvm_emulate_write() - do a write for the guest
 * @vcpu: whose write
 * @gpa: where, in bytes, aligned to 8
 * @value: what
 *
 * Needs kvm->srcu; takes mmap_lock of the host and mmu_lock, may sleep.
 *
 * Return: 0, or -EFAULT if there is no memory.
 */
int kvm_emulate_write(struct kvm_vcpu *vcpu, gpa_t gpa, u64 value)
{
	struct kvm *kvm = vcpu->kvm;
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gpa_to_gfn(gpa));
	int r;

	if (!slot || slot->gmem)
		return -EFAULT;
	r = host_mm_write(kvm->mm, gfn_to_hva_memslot(slot, gpa_to_gfn(gpa)) +
			  (gpa & ~PAGE_MASK), value);
	if (r)
		return r;
	mark_page_dirty_in_slot(slot, gpa_to_gfn(gpa));
	kvm_mmu_track_write(vcpu, gpa);
	return 0;
}
