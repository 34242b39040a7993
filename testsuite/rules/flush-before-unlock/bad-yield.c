// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What was zapped is flushed before the lock is yielded, and only then is "flush" false.

#include <linux/kvm_host.h>

void kvm_flush_remote_tlbs(struct kvm *kvm);
bool kvm_zap_all_rmap_sptes(struct kvm *kvm, void *rmap_head);

void flushed_first(struct kvm *kvm, void **heads, int n)
{
	bool flush = false;
	int i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		flush |= kvm_zap_all_rmap_sptes(kvm, heads[i]);
		if (flush) {
			kvm_flush_remote_tlbs(kvm);
			flush = false;
		}
		cond_resched_rwlock_write(&kvm->mmu_lock);
	}
	write_unlock(&kvm->mmu_lock);
}

void flushed_last_bad(struct kvm *kvm, void **heads, int n)
{
	bool flush = false;
	int i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		flush |= kvm_zap_all_rmap_sptes(kvm, heads[i]);
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is yielded before kvm.flush_owed is settled [flush-before-unlock]
		cond_resched_rwlock_write(&kvm->mmu_lock);
	}
	if (flush)
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}
