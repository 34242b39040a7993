// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shadow pages that are out of sync.  The guest may write a page table of the lowest
 * level, and its shadow is stale from then on, as a TLB would be; it is brought in step
 * again when the guest flushes.  Each page above says which of its entries lead to one
 * that is stale.
 */
#include "mmu_internal.h"
#include "guest_walk.h"
#include "memslot.h"
#include "rmap.h"
#include "shadow.h"
#include "spte.h"
#include "track.h"
#include "unsync.h"
#include "vm.h"

static void kvm_mmu_mark_parents_unsync(struct kvm *kvm, struct kvm_mmu_page *sp);

/**
 * mark_unsync() - say above an entry that something below is out of sync
 * @kvm: the VM
 * @sptep: the entry
 *
 * Needs mmu_lock for write, or in any mode with mmu_unsync_pages_lock: the count and the
 * map are not atomic, and a count that misses one lets a stale page never be synced.
 */
void mark_unsync(struct kvm *kvm, u64 *sptep)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = sptep_to_sp(sptep);

	lockdep_assert_once(lockdep_is_held_type(&kvm->mmu_lock, 0) ||
			    lockdep_is_held(&kvm->arch.mmu_unsync_pages_lock));
	if (__test_and_set_bit(sptep - sp->spt, sp->unsync_child_bitmap))
		return;
	/* kvm_mmu_sync_roots() looks without a lock whether there is something to do */
	WRITE_ONCE(sp->unsync_children, sp->unsync_children + 1);
	if (sp->unsync_children > 1)
		return;
	kvm_mmu_mark_parents_unsync(kvm, sp);
}

static void kvm_mmu_mark_parents_unsync(struct kvm *kvm, struct kvm_mmu_page *sp)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct pte_list_desc *desc;
	int i;

	lockdep_assert_held(&kvm->mmu_lock);
	for_each_rmap_spte(&sp->parent_ptes, desc, i)
		mark_unsync(kvm, desc->sptes[i]);
}

static void kvm_unsync_page(struct kvm *kvm, struct kvm_mmu_page *sp)
	__must_hold_shared(&kvm->mmu_lock)
	__must_hold(&kvm->arch.mmu_unsync_pages_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	lockdep_assert_held(&kvm->arch.mmu_unsync_pages_lock);
	WARN_ON_ONCE(sp->unsync);
	WRITE_ONCE(sp->unsync, true);
	kvm_mmu_mark_parents_unsync(kvm, sp);
}

/*
 * Mark all shadows of a table.  Faults of the TDP MMU come here with mmu_lock for read,
 * several at a time.  The lock is taken also by those that have mmu_lock for write: it
 * costs them nothing, as there is nobody to wait for.
 */
static void kvm_unsync_pages(struct kvm *kvm, gfn_t gfn)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp;

	lockdep_assert_held(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	for_each_gfn_valid_sp_with_gptes(kvm, sp, gfn) {
		/*
		 * Another vCPU may have marked it between the look and the lock.  It
		 * cannot have been cleared: that needs mmu_lock for write.
		 */
		if (READ_ONCE(sp->unsync))
			continue;
		WARN_ON_ONCE(sp->role.level != PG_LEVEL_4K);
		kvm_unsync_page(kvm, sp);
	}
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

/**
 * mmu_try_to_unsync_pages() - may the guest write a gfn
 * @kvm: the VM
 * @slot: the slot of @gfn
 * @gfn: the gfn
 * @prefetch: nobody writes yet: not worth a stale shadow
 *
 * Needs mmu_lock, in any mode.
 *
 * Return: 0, and then any shadow of the gfn is marked; -EPERM or -EEXIST if it must stay
 * write-protected.
 */
int mmu_try_to_unsync_pages(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t gfn,
			    bool prefetch)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp;
	bool in_sync = false;

	lockdep_assert_held(&kvm->mmu_lock);
	/* A table that points to tables is emulated, never left to the guest */
	if (kvm_gfn_is_write_tracked(slot, gfn))
		return -EPERM;

	/* Without the lock: most gfns have no shadow, or one that is marked already */
	for_each_gfn_valid_sp_with_gptes(kvm, sp, gfn) {
		if (READ_ONCE(sp->unsync))
			continue;
		if (prefetch)
			return -EEXIST;
		in_sync = true;
	}
	if (in_sync)
		kvm_unsync_pages(kvm, gfn);

	/*
	 * The mark must be seen before the entry is writable: once it is, the guest may
	 * write and flush, and the flush must find the mark.  Pairs with
	 * kvm_mmu_sync_roots().
	 */
	smp_wmb();
	return 0;
}

/* The entry of the guest behind entry @index; what cannot be read maps nothing. */
static u64 shadowed_gpte(struct kvm_vcpu *vcpu, const struct kvm_mmu_page *sp, int index)
{
	u64 gpte;

	if (kvm_read_gpte_atomic(vcpu, sp->gfn, index, &gpte))
		return 0;
	return gpte;
}

/**
 * kvm_sync_page() - bring a shadow page in step with what it shadows
 * @vcpu: whose memory it is
 * @sp: the page, of the lowest level
 *
 * An entry that no longer says the same is dropped; the next access faults.  Needs
 * mmu_lock for write.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool kvm_sync_page(struct kvm_vcpu *vcpu, struct kvm_mmu_page *sp)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	bool flush = false;
	int i;

	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	for (i = 0; i < PTES_PER_TABLE; i++) {
		u64 gpte;

		if (!is_shadow_present_pte(READ_ONCE(sp->spt[i])))
			continue;
		gpte = shadowed_gpte(vcpu, sp, i);
		if (!is_present_gpte(gpte) ||
		    (gfn_to_gpa(gpte_to_gfn(gpte)) | (gpte_access(gpte) & sp->role.access)) !=
		    sp->shadowed[i])
			flush |= rmap_drop_spte(vcpu->kvm, &sp->spt[i]);
	}
	return flush;
}

/* Forbid the guest to write a table; true if a flush is owed. */
static bool protect_table(struct kvm *kvm, gfn_t gfn)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!slot)
		return false;
	return kvm_mmu_slot_gfn_write_protect(kvm, slot, gfn);
}

/*
 * First forbid the guest to write the table, and let that be true on all CPUs; then read
 * it.  The other way round a write in between would be lost.
 */
static bool mmu_sync_one(struct kvm_vcpu *vcpu, struct kvm_mmu_page *sp)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	if (protect_table(vcpu->kvm, sp->gfn))
		kvm_flush_remote_tlbs(vcpu->kvm);
	WRITE_ONCE(sp->unsync, false);
	return kvm_sync_page(vcpu, sp);
}

static bool mmu_sync_children(struct kvm_vcpu *vcpu, struct kvm_mmu_page *parent);

/* What is below an entry; what was there may be gone, or a large page. */
static bool mmu_sync_below(struct kvm_vcpu *vcpu, u64 spte)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	struct kvm_mmu_page *child;
	bool flush = false;

	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	if (!is_shadow_present_pte(spte) || is_large_pte(spte))
		return false;
	child = spte_to_child_sp(spte);
	if (child->unsync_children)
		flush |= mmu_sync_children(vcpu, child);
	if (child->unsync)
		flush |= mmu_sync_one(vcpu, child);
	return flush;
}

/*
 * Only when what is below is in sync: another vCPU below the same root may be flushing,
 * and takes a count of zero for a promise.  Pairs with kvm_mmu_sync_roots().
 */
static void mmu_child_is_synced(struct kvm_mmu_page *parent)
{
	smp_store_release(&parent->unsync_children, parent->unsync_children - 1);
}

static bool mmu_sync_child(struct kvm_vcpu *vcpu, struct kvm_mmu_page *parent, int index)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	bool flush;

	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	flush = mmu_sync_below(vcpu, READ_ONCE(parent->spt[index]));
	__clear_bit(index, parent->unsync_child_bitmap);
	mmu_child_is_synced(parent);
	return flush;
}

static bool mmu_sync_children(struct kvm_vcpu *vcpu, struct kvm_mmu_page *parent)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	bool flush = false;
	unsigned int i;

	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	for_each_set_bit(i, parent->unsync_child_bitmap, PTES_PER_TABLE)
		flush |= mmu_sync_child(vcpu, parent, i);
	return flush;
}

/**
 * kvm_mmu_sync_roots() - the guest has flushed its nested guest's translations
 * @vcpu: who flushed
 *
 * When it returns, what the vCPU's nested guest translates is what the guest's tables
 * say.  Needs kvm->srcu; takes mmu_lock for write.
 */
void kvm_mmu_sync_roots(struct kvm_vcpu *vcpu)
{
	struct kvm_mmu_page *root = root_to_sp(vcpu->arch.guest_mmu.root);
	struct kvm *kvm = vcpu->kvm;
	bool flush = false;
	unsigned int i;

	/*
	 * The guest wrote its tables before it flushed, through an entry that was made
	 * writable after the mark was set.  Pairs with mmu_try_to_unsync_pages(), and the
	 * acquire with mmu_child_is_synced().
	 */
	smp_rmb();
	if (!root || !smp_load_acquire(&root->unsync_children))
		return;

	write_lock(&kvm->mmu_lock);
	for_each_set_bit(i, root->unsync_child_bitmap, PTES_PER_TABLE) {
		flush |= mmu_sync_child(vcpu, root, i);
		if (!need_resched() && !rwlock_needbreak(&kvm->mmu_lock))
			continue;
		/* The root is this vCPU's own: it is still there after the yield */
		if (flush)
			kvm_flush_remote_tlbs(kvm);
		flush = false;
		cond_resched_rwlock_write(&kvm->mmu_lock);
	}
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}
