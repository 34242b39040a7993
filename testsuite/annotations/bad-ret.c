// SPDX-License-Identifier: GPL-2.0-only
// RUN: not %clang-19 %s 2>&1 | %check
//
// Only mainline's six words say when the lock was taken.
#include "kvm.h"

// CHECK: :[[@LINE+1]]:{{.*}}error: 
int try(struct kvm *kvm) __cond_acquires(success, &kvm->mmu_lock);
