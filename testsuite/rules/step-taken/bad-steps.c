// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/unsync.contracts | %check
//
// The look is missing, or from before the lock; what is owed is not done.

#include <linux/kvm_host.h>

bool is_marked(struct kvm *kvm);
void mark(struct kvm *kvm);
void mark_parents(struct kvm *kvm);

void not_seen(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	// CHECK: [[@LINE+1]]:2: warning: mark() is called without kvm.seen [step-taken]
	mark(kvm);
	mark_parents(kvm);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_unlock(&kvm->mmu_lock);
}

void not_paid(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	if (!is_marked(kvm))
		mark(kvm);
	// CHECK: [[@LINE+1]]:2: warning: kvm_arch.mmu_unsync_pages_lock is dropped before kvm.parents_owed is settled [step-taken]
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_unlock(&kvm->mmu_lock);
}
