// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top flush-before-unlock
#include "kvm.h"

struct kvm_gfn_range { gfn_t start, end; };

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range);
bool kvm_tdp_mmu_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range,
				 bool flush);
bool kvm_rmap_zap_gfn_range(struct kvm *kvm, gfn_t start, gfn_t end);
bool kvm_tdp_mmu_zap_leafs(struct kvm *kvm, gfn_t start, gfn_t end, bool flush);
bool kvm_zap_all_rmap_sptes(struct kvm *kvm, void *rmap_head);
void kvm_flush_remote_tlbs(struct kvm *kvm);
void kvm_flush_remote_tlbs_gfn(struct kvm *kvm, gfn_t gfn, int level);

bool returned_ok(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return kvm_unmap_gfn_range(kvm, range);
}

bool carried_ok(struct kvm *kvm, struct kvm_gfn_range *range)
{
	bool flush = false;

	flush = kvm_rmap_zap_gfn_range(kvm, range->start, range->end);
	flush = kvm_tdp_mmu_unmap_gfn_range(kvm, range, flush);
	return flush;
}

bool ored_ok(struct kvm *kvm, struct kvm_gfn_range *range)
{
	bool flush;

	flush = kvm_rmap_zap_gfn_range(kvm, range->start, range->end);
	flush |= kvm_unmap_gfn_range(kvm, range);
	return flush;
}

/* Flushes in any case. */
void flushed_ok(struct kvm *kvm, void *rmap_head, gfn_t gfn)
{
	kvm_zap_all_rmap_sptes(kvm, rmap_head);
	kvm_flush_remote_tlbs_gfn(kvm, gfn, 1);
}

void dropped_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	kvm_unmap_gfn_range(kvm, range);
	write_unlock(&kvm->mmu_lock);
}

void void_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	(void)kvm_unmap_gfn_range(kvm, range);
}

void one_way_bad(struct kvm *kvm, void *rmap_head, bool flush)
{
	kvm_zap_all_rmap_sptes(kvm, rmap_head);
	if (flush)
		kvm_flush_remote_tlbs(kvm);
}

bool overwritten_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	bool flush;

	flush = kvm_rmap_zap_gfn_range(kvm, range->start, range->end);
	flush = kvm_tdp_mmu_zap_leafs(kvm, range->start, range->end, false);
	return flush;
}
