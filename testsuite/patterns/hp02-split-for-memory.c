// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock is dropped for an allocation and taken again in the mode that it had.

#include <linux/kvm_host.h>

static void *page_for_split(struct kvm *kvm, bool shared)
{
	void *page = kzalloc(64, GFP_ATOMIC);

	if (page)
		return page;
	if (shared)
		read_unlock(&kvm->mmu_lock);
	else
		write_unlock(&kvm->mmu_lock);
	page = kzalloc(64, GFP_KERNEL);
	if (shared)
		read_lock(&kvm->mmu_lock);
	else
		write_lock(&kvm->mmu_lock);
	return page;
}

void split_shared(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	page_for_split(kvm, true);
	lockdep_assert_held_read(&kvm->mmu_lock);
	read_unlock(&kvm->mmu_lock);
}

void split_exclusive(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	page_for_split(kvm, false);
	lockdep_assert_held_write(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
}
