/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The walk over the tables of the TDP MMU, in order of their gfns.
 *
 * An entry is written in one of three ways.  kvm_tdp_mmu_write_spte_atomic() is for
 * entries that others may change at any time; __kvm_tdp_mmu_write_spte() for those that
 * nobody else can change: the caller froze them, or the table is not linked.
 * kvm_tdp_mmu_write_spte() chooses, for callers that hold mmu_lock for write: only the
 * CPU and faults without a lock are left to change something, and only some bits.
 */
#ifndef MMU_ITER_H
#define MMU_ITER_H

#include "spte.h"

static inline u64 kvm_tdp_mmu_read_spte(tdp_ptep_t sptep)
{
	return READ_ONCE(*rcu_dereference(sptep));
}

static inline u64 kvm_tdp_mmu_write_spte_atomic(tdp_ptep_t sptep, u64 new_spte)
{
	return xchg(rcu_dereference(sptep), new_spte);
}

static inline void __kvm_tdp_mmu_write_spte(tdp_ptep_t sptep, u64 new_spte)
{
	WRITE_ONCE(*rcu_dereference(sptep), new_spte);
}

/* Return: the value that was there */
static inline u64 kvm_tdp_mmu_write_spte(tdp_ptep_t sptep, u64 old_spte, u64 new_spte, int level)
{
	if (is_last_spte(old_spte, level) && spte_has_volatile_bits(old_spte))
		return kvm_tdp_mmu_write_spte_atomic(sptep, new_spte);
	__kvm_tdp_mmu_write_spte(sptep, new_spte);
	return old_spte;
}

/**
 * struct tdp_iter - where a walk is
 * @next_last_level_gfn: where it goes on at the lowest level
 * @yielded_gfn: its value when mmu_lock was dropped last: who never gets further than
 *		 from one yield to the next must not yield again
 * @pt_path: the tables on the way, by level
 * @sptep: the entry
 * @gfn: first gfn of the entry
 * @end: gfn where the walk ends
 * @root_level: level of the root
 * @min_level: lowest level to go to
 * @level: of the entry
 * @old_spte: the entry as it was read
 * @valid: false at the end of the walk
 * @yielded: mmu_lock was dropped: nothing of the above may be used before the next step
 */
struct tdp_iter {
	gfn_t next_last_level_gfn;
	gfn_t yielded_gfn;
	tdp_ptep_t pt_path[PG_LEVEL_ROOT + 1];
	tdp_ptep_t sptep;
	gfn_t gfn;
	gfn_t end;
	int root_level;
	int min_level;
	int level;
	u64 old_spte;
	bool valid;
	bool yielded;
};

void tdp_iter_start(struct tdp_iter *iter, struct kvm_mmu_page *root, int min_level,
		    gfn_t start, gfn_t end);
void tdp_iter_next(struct tdp_iter *iter);

/* All entries of [start, end) at min_level or above, tables before what is in them. */
#define for_each_tdp_pte_min_level(iter, root, min_level, start, end)	\
	for (tdp_iter_start(&(iter), root, min_level, start, end);	\
	     (iter).valid; tdp_iter_next(&(iter)))

#define for_each_tdp_pte(iter, root, start, end)			\
	for_each_tdp_pte_min_level(iter, root, PG_LEVEL_4K, start, end)

#endif
