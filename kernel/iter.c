// SPDX-License-Identifier: GPL-2.0-only
/* The walk over the tables of the TDP MMU. */
#include "mmu_internal.h"
#include "iter.h"

static void tdp_iter_refresh_sptep(struct tdp_iter *iter)
{
	iter->sptep = iter->pt_path[iter->level] + spte_index(iter->gfn, iter->level);
	iter->old_spte = kvm_tdp_mmu_read_spte(iter->sptep);
}

static gfn_t gfn_round(gfn_t gfn, int level)
{
	return ALIGN_DOWN(gfn, KVM_PAGES_PER_HPAGE(level));
}

/* Back to the root, at the gfn where the walk was to go on. */
static void tdp_iter_restart(struct tdp_iter *iter)
{
	iter->yielded = false;
	iter->yielded_gfn = iter->next_last_level_gfn;
	iter->level = iter->root_level;
	iter->gfn = gfn_round(iter->next_last_level_gfn, iter->level);
	tdp_iter_refresh_sptep(iter);
	iter->valid = true;
}

/**
 * tdp_iter_start() - begin a walk
 * @iter: the walk
 * @root: where
 * @min_level: lowest level of entries to see
 * @start: first gfn
 * @end: gfn behind the last one
 *
 * Needs an RCU read section from here on, and mmu_lock in any mode; without it, entries
 * are only to be read.
 */
void tdp_iter_start(struct tdp_iter *iter, struct kvm_mmu_page *root, int min_level,
		    gfn_t start, gfn_t end)
{
	iter->next_last_level_gfn = start;
	iter->end = end;
	iter->root_level = root->role.level;
	iter->min_level = min_level;
	iter->pt_path[iter->root_level] = (__force tdp_ptep_t)root->spt;
	tdp_iter_restart(iter);
	iter->yielded_gfn = INVALID_GFN;
	if (start >= end)
		iter->valid = false;
}

static bool try_step_down(struct tdp_iter *iter)
{
	if (iter->level == iter->min_level)
		return false;
	/* Another vCPU may have filled the entry since it was read */
	iter->old_spte = kvm_tdp_mmu_read_spte(iter->sptep);
	if (!is_shadow_present_pte(iter->old_spte) || is_last_spte(iter->old_spte, iter->level))
		return false;
	iter->level--;
	iter->pt_path[iter->level] = (__force tdp_ptep_t)__va(iter->old_spte & SPTE_PFN_MASK);
	iter->gfn = gfn_round(iter->next_last_level_gfn, iter->level);
	tdp_iter_refresh_sptep(iter);
	return true;
}

static bool try_step_side(struct tdp_iter *iter)
{
	if (spte_index(iter->gfn, iter->level) == PTES_PER_TABLE - 1)
		return false;
	iter->gfn += KVM_PAGES_PER_HPAGE(iter->level);
	iter->next_last_level_gfn = iter->gfn;
	tdp_iter_refresh_sptep(iter);
	return true;
}

static bool try_step_up(struct tdp_iter *iter)
{
	if (iter->level == iter->root_level)
		return false;
	iter->level++;
	iter->gfn = gfn_round(iter->gfn, iter->level);
	tdp_iter_refresh_sptep(iter);
	return true;
}

/**
 * tdp_iter_next() - go on to the next entry
 * @iter: the walk
 *
 * After a yield the tables below the root may be others: the walk starts from there.
 * Needs what tdp_iter_start() needs.
 */
void tdp_iter_next(struct tdp_iter *iter)
{
	if (iter->yielded) {
		tdp_iter_restart(iter);
		return;
	}
	if (try_step_down(iter))
		return;
	do {
		if (try_step_side(iter)) {
			iter->valid = iter->gfn < iter->end;
			return;
		}
	} while (try_step_up(iter));
	iter->valid = false;
}
