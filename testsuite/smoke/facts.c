// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | %check
//
// An assert is in the facts although the configuration makes nothing of it.

#include <linux/kvm_host.h>

// CHECK: unit facts.c
// CHECK: zap_ok
// CHECK: lockdep_assert_held_write
void zap_ok(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}
