// SPDX-License-Identifier: GPL-2.0-only
/*
 * The invalidation window.  A fault looks up the pfn of its gfn without mmu_lock, and
 * what it found may be stale when it has the lock.  Who makes pfns stale opens a window
 * before and closes it after; a fault that sees a window open, or that one was closed
 * since it began, starts again.
 */
#include "mmu_internal.h"
#include "invalidate.h"

/**
 * kvm_mmu_invalidate_begin() - open a window
 * @kvm: the VM
 *
 * The range is empty until kvm_mmu_invalidate_range_add(), which must be called before
 * mmu_lock is dropped for the first time.  Needs mmu_lock for write.
 */
void kvm_mmu_invalidate_begin(struct kvm *kvm)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress++;
	if (kvm->mmu_invalidate_in_progress == 1) {
		kvm->mmu_invalidate_range_start = INVALID_GFN;
		kvm->mmu_invalidate_range_end = INVALID_GFN;
	}
}

/**
 * kvm_mmu_invalidate_range_add() - say what the window is about
 * @kvm: the VM
 * @start: first gfn
 * @end: gfn behind the last one
 *
 * Windows that are open together have one range, from the first to the last gfn of
 * all: a fault in between retries for nothing, and that is all that it costs.
 * Needs mmu_lock for write.
 */
void kvm_mmu_invalidate_range_add(struct kvm *kvm, gfn_t start, gfn_t end)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	WARN_ON_ONCE(!kvm->mmu_invalidate_in_progress);
	if (kvm->mmu_invalidate_range_start == INVALID_GFN) {
		kvm->mmu_invalidate_range_start = start;
		kvm->mmu_invalidate_range_end = end;
		return;
	}
	kvm->mmu_invalidate_range_start = min(kvm->mmu_invalidate_range_start, start);
	kvm->mmu_invalidate_range_end = max(kvm->mmu_invalidate_range_end, end);
}

/**
 * kvm_mmu_invalidate_end() - close a window
 * @kvm: the VM
 *
 * Needs mmu_lock for write.
 */
void kvm_mmu_invalidate_end(struct kvm *kvm)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	/*
	 * A fault that began in the window must see the new sequence if it sees the
	 * window closed.  Pairs with the barrier in mmu_invalidate_retry_gfn().
	 */
	WRITE_ONCE(kvm->mmu_invalidate_seq, kvm->mmu_invalidate_seq + 1);
	smp_wmb();
	kvm->mmu_invalidate_in_progress--;
	WARN_ON_ONCE(kvm->mmu_invalidate_in_progress < 0);
}

/**
 * mmu_invalidate_retry_gfn() - may what was looked up be stale
 * @kvm: the VM
 * @mmu_seq: mmu_invalidate_seq as read before the lookup, with a read barrier after it
 * @gfn: what was looked up
 *
 * Needs mmu_lock, in any mode: the answer is worth something only as long as no window
 * can be opened.
 *
 * Return: true if it may be, and must be looked up again.
 */
bool mmu_invalidate_retry_gfn(struct kvm *kvm, unsigned long mmu_seq, gfn_t gfn)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	if (unlikely(kvm->mmu_invalidate_in_progress)) {
		/* A window that has no range yet is about everything */
		if (WARN_ON_ONCE(kvm->mmu_invalidate_range_start == INVALID_GFN))
			return true;
		if (gfn >= kvm->mmu_invalidate_range_start &&
		    gfn < kvm->mmu_invalidate_range_end)
			return true;
	}
	/* Pairs with the barrier in kvm_mmu_invalidate_end() */
	smp_rmb();
	return READ_ONCE(kvm->mmu_invalidate_seq) != mmu_seq;
}

/**
 * kvm_mn_invalidate_raise() - keep the memslots as they are, and caches invalid
 * @kvm: the VM
 *
 * A count, since invalidations overlap; its own lock, since mmu_lock would be taken
 * inside waiting for it.
 */
void kvm_mn_invalidate_raise(struct kvm *kvm)
{
	spin_lock(&kvm->mn_invalidate_lock);
	WRITE_ONCE(kvm->mn_active_invalidate_count, kvm->mn_active_invalidate_count + 1);
	spin_unlock(&kvm->mn_invalidate_lock);
}

/**
 * kvm_mn_invalidate_drop() - let memslots change, and caches be valid
 * @kvm: the VM
 *
 * After kvm_mmu_invalidate_end(), so that who sees the count low sees the sequence new.
 * Takes mn_invalidate_lock.
 */
void kvm_mn_invalidate_drop(struct kvm *kvm)
{
	spin_lock(&kvm->mn_invalidate_lock);
	WARN_ON_ONCE(!kvm->mn_active_invalidate_count);
	WRITE_ONCE(kvm->mn_active_invalidate_count, kvm->mn_active_invalidate_count - 1);
	spin_unlock(&kvm->mn_invalidate_lock);
}
