// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What is called on a path that is never there is never run: that its caller
// would not hold the lock is no finding.

#include <linux/kvm_host.h>

static void zap(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void fault(struct kvm *kvm)
{
	zap(kvm);
}

void entry(struct kvm *kvm)
{
	int r = 1;

	write_lock(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
	if (r)
		return;
	fault(kvm);
}
