// SPDX-License-Identifier: GPL-2.0-only
// RUN: not %judge %s 2>&1 | %check
//
// A comment that allows what is no rule is not passed over.

#include <linux/kvm_host.h>

void kvm_init_pages(struct kvm *kvm)
{
	// CHECK: mmucheck: bad-unknown-rule.c:[[@LINE+1]]:2: allow: expected a rule that "mmucheck explain" knows, found 'lock-ordre'
	/* mmucheck: allow(lock-ordre) nobody else has this VM yet */
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}
