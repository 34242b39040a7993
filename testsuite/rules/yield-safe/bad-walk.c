// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What an iterator has read is good under the mmu_lock that it was read under.

#include <linux/kvm_host.h>

struct tdp_iter { u64 old_spte; bool yielded; };
struct rmap_iterator { int pos; };

void tdp_iter_start(struct tdp_iter *iter);
void tdp_iter_next(struct tdp_iter *iter);
int tdp_mmu_split_huge_page(struct kvm *kvm, struct tdp_iter *iter);
u64 *rmap_get_first(void *head, struct rmap_iterator *iter);
u64 *rmap_get_next(struct rmap_iterator *iter);

void split_bad(struct kvm *kvm)
{
	struct tdp_iter iter;

	write_lock(&kvm->mmu_lock);
	tdp_iter_start(&iter);
	tdp_mmu_split_huge_page(kvm, &iter);
	write_unlock(&kvm->mmu_lock);
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: tdp_mmu_split_huge_page() is called without tdp_iter.read [yield-safe]
	tdp_mmu_split_huge_page(kvm, &iter);
	tdp_iter_next(&iter);
	tdp_mmu_split_huge_page(kvm, &iter);
	write_unlock(&kvm->mmu_lock);
}

void rmap_bad(struct kvm *kvm, void *head)
{
	struct rmap_iterator iter;

	write_lock(&kvm->mmu_lock);
	rmap_get_first(head, &iter);
	rmap_get_next(&iter);
	cond_resched_rwlock_write(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: rmap_get_next() is called without rmap_iterator.good [yield-safe]
	rmap_get_next(&iter);
	write_unlock(&kvm->mmu_lock);
}
