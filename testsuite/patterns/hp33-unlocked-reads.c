// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Reading without the lock what only hints at something is legal; so is a first
// look that is repeated under it.

#include <linux/kvm_host.h>

void mark(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	if (!READ_ONCE(kvm->arch.indirect_shadow_pages) || sp->unsync)
		return;
	write_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	if (!READ_ONCE(sp->unsync))
		sp->unsync = 1;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_unlock(&kvm->mmu_lock);
}
