// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/unsync.contracts | %check
//
// Seen under the lock, marked, and its parents too; by a helper as well.

#include <linux/kvm_host.h>

bool is_marked(struct kvm *kvm);
void mark(struct kvm *kvm);
void mark_parents(struct kvm *kvm);

static void mark_all(struct kvm *kvm)
{
	mark(kvm);
	mark_parents(kvm);
}

void in_order(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	if (!is_marked(kvm))
		mark_all(kvm);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_unlock(&kvm->mmu_lock);
}
