// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A helper that returns NULL without the lock and an object with it.

#include <linux/kvm_host.h>

static struct kvm_mmu_page *first_locked(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	if (sp && !sp->role.invalid)
		return sp;
	write_unlock(&kvm->mmu_lock);
	return NULL;
}

void zap_first(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	struct kvm_mmu_page *page = first_locked(kvm, sp);

	if (!page)
		return;
	lockdep_assert_held_write(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
}
