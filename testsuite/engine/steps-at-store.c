// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/steps-at-store.contracts | %check
//
// A step that a store asks for: told at the store, where no caller takes it.

#include <linux/kvm_host.h>

void look(struct kvm *kvm);

void good(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	look(kvm);
	kvm->mmu_invalidate_seq++;
	write_unlock(&kvm->mmu_lock);
}

void bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: warning: needs kvm.seen [step-taken]
	kvm->mmu_invalidate_seq++;
	write_unlock(&kvm->mmu_lock);
}
