// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The second answer takes the place of the first; the third is not asked for.

#include <linux/kvm_host.h>

void kvm_flush_remote_tlbs(struct kvm *kvm);
bool kvm_zap_all_rmap_sptes(struct kvm *kvm, void *rmap_head);

static bool zap(struct kvm *kvm, void *rmap_head, bool flush)
{
	flush |= kvm_zap_all_rmap_sptes(kvm, rmap_head);
	return flush;
}

void handed_on(struct kvm *kvm, void *a, void *b)
{
	bool flush = false;

	write_lock(&kvm->mmu_lock);
	flush = zap(kvm, a, flush);
	flush = zap(kvm, b, flush);
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void overwritten_bad(struct kvm *kvm, void *a, void *b)
{
	bool flush;

	write_lock(&kvm->mmu_lock);
	flush = zap(kvm, a, false);
	flush = zap(kvm, b, false);
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.flush_owed is settled [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
}

void not_asked_bad(struct kvm *kvm, void *a)
{
	write_lock(&kvm->mmu_lock);
	zap(kvm, a, false);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped before kvm.flush_owed is settled [flush-before-unlock]
	write_unlock(&kvm->mmu_lock);
}
