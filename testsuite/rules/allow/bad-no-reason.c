// SPDX-License-Identifier: GPL-2.0-only
// RUN: not %judge %s 2>&1 | %check
//
// Without a reason nothing is judged.

#include <linux/kvm_host.h>

void kvm_init_pages(struct kvm *kvm)
{
	// CHECK: mmucheck: bad-no-reason.c:[[@LINE+1]]:2: expected a reason behind 'allow(lock-order)'
	/* mmucheck: allow(lock-order) */
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}
