// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Where the TDP MMU is compiled out nobody calls what splits pages for it: it
// never runs, and nothing is missing there.
#include <linux/kvm_host.h>

#define tdp_mmu_enabled 0

static void walk(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void split(struct kvm *kvm)
{
	walk(kvm);
}

void kvm_split(struct kvm *kvm)
{
	if (!tdp_mmu_enabled)
		return;
	split(kvm);
}
