// SPDX-License-Identifier: GPL-2.0-only
/* What both the checker and the rules see, and what the rules alone do. */

#include <linux/kvm_host.h>

void BUG_ON(int cond);

void kvm_mark_unsync(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

#define EINVAL	22

int kvm_check(struct kvm *kvm, int slot)
{
	BUG_ON(slot > 8);
	if (slot < 0)
		return -EINVAL;
	return 0;
}
