// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top zap-in-invalidation
#include "kvm.h"

struct kvm_memory_slot { gfn_t base; };
struct kvm_gfn_range { gfn_t start, end; };

void kvm_mmu_invalidate_begin(struct kvm *kvm);
void kvm_mmu_invalidate_end(struct kvm *kvm);
bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range);
bool kvm_tdp_mmu_zap_leafs(struct kvm *kvm, gfn_t start, gfn_t end, bool flush);
void kvm_flush_remote_tlbs(struct kvm *kvm);

void window_ok(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	if (kvm_unmap_gfn_range(kvm, range))
		kvm_flush_remote_tlbs(kvm);
	kvm_mmu_invalidate_end(kvm);
	write_unlock(&kvm->mmu_lock);
}

/* Whoever has mmu_lock has the window. */
bool handler_ok(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return kvm_unmap_gfn_range(kvm, range);
}

/* The slot is out of reach of page faults. */
void removal_ok(struct kvm *kvm, struct kvm_memory_slot *slot)
{
	write_lock(&kvm->mmu_lock);
	if (kvm_tdp_mmu_zap_leafs(kvm, slot->base, slot->base + 1, false))
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

/* Its end is elsewhere. */
void begin_ok(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	if (kvm_unmap_gfn_range(kvm, range))
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void bare_bad(struct kvm *kvm, gfn_t start, gfn_t end)
{
	write_lock(&kvm->mmu_lock);
	if (kvm_tdp_mmu_zap_leafs(kvm, start, end, false))
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void ended_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	bool flush;

	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	kvm_mmu_invalidate_end(kvm);
	flush = kvm_unmap_gfn_range(kvm, range);
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

bool early_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	bool flush = kvm_unmap_gfn_range(kvm, range);

	kvm_mmu_invalidate_begin(kvm);
	flush |= kvm_unmap_gfn_range(kvm, range);
	kvm_mmu_invalidate_end(kvm);
	return flush;
}

int open_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	if (!kvm_unmap_gfn_range(kvm, range)) {
		write_unlock(&kvm->mmu_lock);
		return 0;
	}
	kvm_flush_remote_tlbs(kvm);
	kvm_mmu_invalidate_end(kvm);
	write_unlock(&kvm->mmu_lock);
	return 1;
}
