// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The mode is chosen by one condition when the lock is taken, and by the same one
// when it is dropped.

#include <linux/kvm_host.h>

static void free_one(struct kvm *kvm, bool tdp)
{
	if (tdp)
		lockdep_assert_held_read(&kvm->mmu_lock);
	else
		lockdep_assert_held_write(&kvm->mmu_lock);
}

void free_roots_ok(struct kvm *kvm, struct kvm_mmu_page *root)
{
	const bool tdp = root->tdp_mmu_page;

	if (tdp)
		read_lock(&kvm->mmu_lock);
	else
		write_lock(&kvm->mmu_lock);
	free_one(kvm, tdp);
	if (tdp)
		read_unlock(&kvm->mmu_lock);
	else
		write_unlock(&kvm->mmu_lock);
}

void free_roots_bad(struct kvm *kvm, struct kvm_mmu_page *root)
{
	const bool tdp = root->tdp_mmu_page;

	if (!tdp)
		read_lock(&kvm->mmu_lock);
	else
		write_lock(&kvm->mmu_lock);
	if (tdp)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped for read, but held for write [lock-balance]
		read_unlock(&kvm->mmu_lock);
	else
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped for write, but held for read [lock-balance]
		write_unlock(&kvm->mmu_lock);
}
