// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/known.contracts | %check
//
// A row knows the function by its name: a static one of another file that has the
// name is let stand too.

#include <linux/kvm_host.h>

static void kvm_init_pages(struct kvm *kvm)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

void fn_of_another_file(struct kvm *kvm)
{
	kvm_init_pages(kvm);
}
