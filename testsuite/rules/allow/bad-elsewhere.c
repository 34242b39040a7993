// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// It is about one statement and one rule.

#include <linux/kvm_host.h>

void next_statement(struct kvm *kvm)
{
	/* mmucheck: allow(lock-order) nobody else has this VM yet */
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	// CHECK: :[[@LINE+1]]:2: warning: {{.*}}[lock-order]
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

void other_rule(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:2: warning: allow(lock-balance) suppresses nothing: it can go [allow]
	/* mmucheck: allow(lock-balance) nobody else has this VM yet */
	// CHECK: :[[@LINE+1]]:2: warning: {{.*}}[lock-order]
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}
