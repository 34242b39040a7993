/* SPDX-License-Identifier: GPL-2.0-only */
/* A few structs to hang contracts on. */
#ifndef TEST_KVM_H
#define TEST_KVM_H

#include "mmucheck.h"

typedef _Bool bool;
#ifndef NULL
#define NULL ((void *)0)
#endif
#define true 1
#define false 0

typedef struct { int raw; } rwlock_t;
typedef struct { int raw; } spinlock_t;

struct kvm;

struct kvm_mmu_page {
	int root_count __guarded_by_member(struct kvm, mmu_lock);
};

struct kvm_arch {
	spinlock_t pages_lock;
};

struct kvm {
	rwlock_t mmu_lock;
	spinlock_t slots_lock;
	int users;
	int invalidate_in_progress;
	struct kvm_arch arch;
};

#endif
