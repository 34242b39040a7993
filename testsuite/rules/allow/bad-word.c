// SPDX-License-Identifier: GPL-2.0-only
// RUN: not %judge %s 2>&1 | %check
//
// A comment that is for the checker and not understood is not passed over.

#include <linux/kvm_host.h>

void kvm_init_pages(struct kvm *kvm)
{
	// CHECK: mmucheck: bad-word.c:[[@LINE+1]]:2: expected 'mmucheck: allow(RULE) REASON', found 'ignore lock-order'
	/* mmucheck: ignore lock-order */
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}
