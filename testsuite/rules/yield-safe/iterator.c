// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// An iterator that has yielded writes nothing before it has started anew.

#include <linux/kvm_host.h>

struct tdp_iter {
	u64 *sptep;
	u64 old_spte;
	bool yielded;
};

void tdp_iter_find(struct tdp_iter *iter);
int tdp_mmu_set_spte_atomic(struct kvm *kvm, struct tdp_iter *iter, u64 spte);

static void tdp_iter_restart(struct tdp_iter *iter)
{
	iter->yielded = false;
	tdp_iter_find(iter);
}

static void tdp_iter_next(struct tdp_iter *iter)
{
	if (iter->yielded) {
		tdp_iter_restart(iter);
		return;
	}
	tdp_iter_find(iter);
}

static bool tdp_mmu_iter_cond_resched(struct kvm *kvm, struct tdp_iter *iter)
{
	if (cond_resched_rwlock_write(&kvm->mmu_lock)) {
		iter->yielded = true;
		return true;
	}
	return false;
}

void walk(struct kvm *kvm)
{
	struct tdp_iter iter;

	write_lock(&kvm->mmu_lock);
	for (tdp_iter_restart(&iter); iter.sptep; tdp_iter_next(&iter)) {
		if (tdp_mmu_iter_cond_resched(kvm, &iter))
			continue;
		tdp_mmu_set_spte_atomic(kvm, &iter, 0);
	}
	write_unlock(&kvm->mmu_lock);
}

void ignored_bad(struct kvm *kvm)
{
	struct tdp_iter iter;

	write_lock(&kvm->mmu_lock);
	for (tdp_iter_restart(&iter); iter.sptep; tdp_iter_next(&iter)) {
		tdp_mmu_iter_cond_resched(kvm, &iter);
		// CHECK: :[[@LINE+1]]:{{.*}}warning: tdp_mmu_set_spte_atomic() is called with tdp_iter.left [yield-safe]
		tdp_mmu_set_spte_atomic(kvm, &iter, 0);
	}
	write_unlock(&kvm->mmu_lock);
}

void said_by_hand_bad(struct kvm *kvm)
{
	struct tdp_iter iter;

	write_lock(&kvm->mmu_lock);
	for (tdp_iter_restart(&iter); iter.sptep; tdp_iter_next(&iter)) {
		if (!iter.old_spte) {
			write_unlock(&kvm->mmu_lock);
			write_lock(&kvm->mmu_lock);
			iter.yielded = true;
		}
		// CHECK: :[[@LINE+1]]:{{.*}}warning: tdp_mmu_set_spte_atomic() is called with tdp_iter.left [yield-safe]
		tdp_mmu_set_spte_atomic(kvm, &iter, 0);
	}
	write_unlock(&kvm->mmu_lock);
}

/* One of two walks has yielded, the other goes on. */
void two_walks(struct kvm *kvm)
{
	struct tdp_iter one, other;

	write_lock(&kvm->mmu_lock);
	tdp_iter_restart(&one);
	if (tdp_mmu_iter_cond_resched(kvm, &one)) {
		tdp_iter_restart(&other);
		tdp_mmu_set_spte_atomic(kvm, &other, 0);
	}
	write_unlock(&kvm->mmu_lock);
}
