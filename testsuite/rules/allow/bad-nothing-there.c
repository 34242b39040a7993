// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/known.contracts | %check
//
// The code was put right, the comment and the row were left.

#include <linux/kvm_host.h>

void kvm_init_pages(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK-DAG: :[[@LINE+1]]:2: warning: allow(lock-order) suppresses nothing: it can go [allow]
	/* mmucheck: allow(lock-order) nobody else has this VM yet */
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_unlock(&kvm->mmu_lock);
}
// CHECK-DAG: known.contracts:2:1: warning: allow(lock-order) in kvm_init_pages suppresses nothing: it can go [allow]
