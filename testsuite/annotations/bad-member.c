// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: gcc-12, clang-14, clang-16, sparse
// RUN: not %clang-14 %s 2>&1 | %check --check-prefix=CLANG
// RUN: not %clang-16 %s 2>&1 | %check --check-prefix=CLANG
// RUN: not %clang-19 %s 2>&1 | %check --check-prefix=CLANG
// RUN: not %reader %s 2>&1 | %check --check-prefix=CLANG
// RUN: %gcc-12 %s 2>&1 | %check
// RUN: %sparse %s 2>&1 | %check
//
// A lock that does not exist is an error under Clang, in every kind of word.
#include "kvm.h"

// CLANG: :[[@LINE+1]]:{{.*}}error: no member named 'lock_mmu' in 'struct kvm'
void attribute(struct kvm *kvm) __must_hold(&kvm->lock_mmu);
// CLANG: :[[@LINE+1]]:{{.*}}error: no member named 'lock_mmu' in 'struct kvm'
bool try(struct kvm *kvm) __cond_acquires(true, &kvm->lock_mmu);
// CLANG: :[[@LINE+1]]:{{.*}}error: no member named 'lock_mmu' in 'struct kvm'
void word(struct kvm *kvm) __yields(&kvm->lock_mmu);
// CLANG: :[[@LINE+1]]:{{.*}}error: use of undeclared identifier 'shred'
void mode(struct kvm *kvm, bool shared) __must_hold_mode(shred, &kvm->mmu_lock);
// CLANG: :[[@LINE+1]]:{{.*}}error: no member named 'progress' in 'struct kvm'
void window(struct kvm *kvm) __must_be_in_window(kvm->progress);
// CLANG: :[[@LINE+1]]:{{.*}}error: no member named 'lock_slots' in '{{(struct )?}}kvm'
__lock_order(struct kvm, lock_slots, struct kvm, mmu_lock);
// CLANG: :[[@LINE+1]]:{{.*}}error: no member named 'mmu_lock' in '{{(struct )?}}kvm_arch'
__lock_nests(struct kvm_arch, mmu_lock, struct kvm_arch, pages_lock);
