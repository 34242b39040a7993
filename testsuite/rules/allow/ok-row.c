// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/known.contracts | %check
//
// A row is about the whole function.

#include <linux/kvm_host.h>

void kvm_init_pages(struct kvm *kvm)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
}
