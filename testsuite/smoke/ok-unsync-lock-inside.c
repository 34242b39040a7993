// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The order of locking.rst, once by hand and once by guard().

#include <linux/kvm_host.h>

void mark_ok(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	guard(write_lock)(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	sp->unsync = 1;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}
