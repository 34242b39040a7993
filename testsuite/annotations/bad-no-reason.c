// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: gcc-12, clang-14, clang-16, sparse
// RUN: not %clang-14 %s 2>&1 | %check --check-prefix=CLANG
// RUN: not %clang-16 %s 2>&1 | %check --check-prefix=CLANG
// RUN: not %clang-19 %s 2>&1 | %check --check-prefix=CLANG
// RUN: %gcc-12 %s 2>&1 | %check
// RUN: %sparse %s 2>&1 | %check
//
// Who opts out has to say why.
#include "kvm.h"

// CLANG: :[[@LINE+1]]:{{.*}}error: {{.*}}negative
void no_reason(struct kvm *kvm) __context_unsafe();
// CLANG: :[[@LINE+1]]:{{.*}}error: {{.*}}negative
void empty_reason(struct kvm *kvm) __context_unsafe("");
// CLANG: :[[@LINE+1]]:{{.*}}error: {{.*}}
void no_string(struct kvm *kvm) __context_unsafe(kvm);
