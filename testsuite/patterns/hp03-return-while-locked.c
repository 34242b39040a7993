// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// An early return whose question may come out differently in the second round.

#include <linux/kvm_host.h>

int unsync(struct kvm *kvm, struct kvm_mmu_page *sp, int n)
{
	bool locked = false;
	int i;

	lockdep_assert_held(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		if (sp[i].role.invalid)
			// CHECK: :[[@LINE+1]]:{{.*}}warning: unsync() returns with kvm_arch.mmu_unsync_pages_lock held [lock-balance]
			return -1;
		if (!locked) {
			locked = true;
			spin_lock(&kvm->arch.mmu_unsync_pages_lock);
		}
		sp[i].unsync = 1;
	}
	if (locked)
		spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	return 0;
}

void map(struct kvm *kvm, struct kvm_mmu_page *sp, int n)
{
	read_lock(&kvm->mmu_lock);
	unsync(kvm, sp, n);
	read_unlock(&kvm->mmu_lock);
}
