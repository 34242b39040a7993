// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock is taken at the first page that needs it, kept over "continue", and
// dropped behind the loop. An early return that asks something that does not
// change in the loop comes before the lock or never.

#include <linux/kvm_host.h>

int unsync(struct kvm *kvm, struct kvm_mmu_page *sp, int n, bool can_unsync)
{
	bool locked = false;
	int i;

	lockdep_assert_held(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		if (!can_unsync)
			return -1;
		if (sp[i].unsync)
			continue;
		if (!locked) {
			locked = true;
			spin_lock(&kvm->arch.mmu_unsync_pages_lock);
			if (READ_ONCE(sp[i].unsync))
				continue;
		}
		sp[i].unsync = 1;
	}
	if (locked)
		spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	return 0;
}

void map(struct kvm *kvm, struct kvm_mmu_page *sp, int n, bool can_unsync)
{
	read_lock(&kvm->mmu_lock);
	unsync(kvm, sp, n, can_unsync);
	read_unlock(&kvm->mmu_lock);
}
