// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: gcc-12, clang-14, clang-16, sparse
// RUN: %gcc-12 %s 2>&1 | %check
// RUN: %clang-14 %s 2>&1 | %check
// RUN: %clang-16 %s 2>&1 | %check
// RUN: %clang-19 %s 2>&1 | %check
// RUN: %sparse %s 2>&1 | %check
// RUN: %reader %s 2>&1 | %check
//
// In a kernel before 7.0 mainline's spelling is there all the same, and the
// one-argument form that its own headers use stays good.
#include "old-kernel.h"
#include "kvm.h"

void must_hold(struct kvm *kvm) __must_hold(&kvm->mmu_lock);
void must_hold_shared(struct kvm *kvm) __must_hold_shared(&kvm->mmu_lock);
bool killable(struct kvm *kvm) __cond_acquires(true, &kvm->mmu_lock);
bool shared(struct kvm *kvm) __cond_acquires_shared(nonnull, &kvm->mmu_lock);
bool dec_and_lock(int *ref, spinlock_t *lock) __cond_acquires(lock);
void yields(struct kvm *kvm) __acquires(&kvm->mmu_lock) __yields(&kvm->mmu_lock);
