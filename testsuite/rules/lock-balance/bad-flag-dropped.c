// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A lock that is taken once in a loop, and dropped behind it only by the one of
// two functions that asks whether it was taken.

#include <linux/kvm_host.h>

int unsync_bad(struct kvm *kvm, struct kvm_mmu_page *pages, int n)
{
	bool locked = false;
	int i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		if (!locked) {
			locked = true;
			spin_lock(&kvm->arch.mmu_unsync_pages_lock);
		}
		pages[i].unsync = 1;
	}
	write_unlock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: unsync_bad() returns with kvm_arch.mmu_unsync_pages_lock held [lock-balance]
	return 0;
}

int unsync_ok(struct kvm *kvm, struct kvm_mmu_page *pages, int n)
{
	bool locked = false;
	int i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		if (!locked) {
			locked = true;
			spin_lock(&kvm->arch.mmu_unsync_pages_lock);
		}
		pages[i].unsync = 1;
	}
	if (locked)
		spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_unlock(&kvm->mmu_lock);
	return 0;
}
