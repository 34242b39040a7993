// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Before the statement, however many lines either has, or behind it on its line.

#include <linux/kvm_host.h>

int before(struct kvm *kvm)
{
	/* mmucheck: allow(lock-order) nobody else has this VM yet */
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	return 0;
}

int behind(struct kvm *kvm)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock); // mmucheck: allow(lock-order) nobody else has it
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	return 0;
}

int over_lines(struct kvm *kvm, int a,
	       int b)
{
	/*
	 * mmucheck: allow(lock-order) this VM is not yet to be found by anybody,
	 * whatever else is true of it
	 */

	/* Both of them. */
	if (a ||
	    b)
		spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	else
		return 0;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	return 1;
}
