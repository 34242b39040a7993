// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whether the lock is held is kept in a variable of the caller's, by pointer.

#include <linux/kvm_host.h>

int next(struct kvm *kvm);

static void lock_once(struct kvm *kvm, bool *locked)
{
	if (*locked)
		return;
	*locked = true;
	write_lock(&kvm->mmu_lock);
}

void zap_some(struct kvm *kvm)
{
	bool locked = false;

	while (next(kvm))
		lock_once(kvm, &locked);
	if (locked)
		write_unlock(&kvm->mmu_lock);
}
