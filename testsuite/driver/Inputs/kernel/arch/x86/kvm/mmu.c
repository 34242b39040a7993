// SPDX-License-Identifier: GPL-2.0-only
/* A finding in this unit, by its own doing. */

#include <linux/kvm_host.h>

void kvm_mark_unsync(struct kvm *kvm)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}
