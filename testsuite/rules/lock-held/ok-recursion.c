// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A function that calls itself, with the lock and by way of another.

#include <linux/kvm_host.h>

static void zap_page(struct kvm *kvm, struct kvm_mmu_page *sp);

static void zap_children(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	if (sp->unsync_children)
		zap_page(kvm, sp + 1);
}

static void zap_page(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	zap_children(kvm, sp);
}

void zap(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	zap_page(kvm, sp);
	write_unlock(&kvm->mmu_lock);
}
