// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: clang-14, clang-16
// RUN: not %clang-19 %s 2>&1 | %check --check-prefix=NEW
// RUN: not %reader %s 2>&1 | %check --check-prefix=NEW
// RUN: %clang-14 %s 2>&1 | %check
// RUN: %clang-16 %s 2>&1 | %check
//
// A guard that is no member of the struct: Clang sees the others since 19.
#include "kvm.h"

struct roots {
	rwlock_t lock;
	// NEW: :[[@LINE+1]]:{{.*}}error: use of undeclared identifier 'rootlock'
	int count __guarded_by(&rootlock);
};
