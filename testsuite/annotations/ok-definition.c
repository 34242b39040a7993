// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: gcc-12, clang-14, clang-16, sparse
// RUN: %gcc-12 %s 2>&1 | %check
// RUN: %clang-14 %s 2>&1 | %check
// RUN: %clang-16 %s 2>&1 | %check
// RUN: %clang-19 %s 2>&1 | %check
// RUN: %sparse %s 2>&1 | %check
// RUN: %reader %s 2>&1 | %check
//
// On a definition, static or inline, and with several words in a row.
#include "kvm.h"

static int users(struct kvm *kvm, bool shared)
	__must_hold_mode(shared, &kvm->mmu_lock)
	__must_not_hold(&kvm->slots_lock)
	__context_unsafe("a test")
{
	return kvm->users + shared;
}

static inline int users_shared(struct kvm *kvm)
	__must_hold_only_shared(&kvm->mmu_lock)
	__yields(&kvm->mmu_lock)
{
	return users(kvm, true);
}

int users_both(struct kvm *kvm) __must_hold_any(&kvm->mmu_lock);
int users_both(struct kvm *kvm)
{
	return users_shared(kvm) + users(kvm, false);
}
