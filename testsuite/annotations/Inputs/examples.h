/* SPDX-License-Identifier: GPL-2.0-only */
/* What the examples in mmucheck.h speak of, as far as they do not say it. */
#ifndef TEST_EXAMPLES_H
#define TEST_EXAMPLES_H

#include "mmucheck.h"

typedef _Bool bool;
typedef unsigned long long u64;
typedef u64 gfn_t;
typedef u64 kvm_pfn_t;
typedef struct { int raw; } rwlock_t;
typedef struct { int raw; } spinlock_t;

struct list_head {
	struct list_head *next, *prev;
};

struct kvm_arch {
	spinlock_t pages_lock;
};

struct kvm {
	rwlock_t mmu_lock;
	spinlock_t slots_lock;
	spinlock_t srcu;
	int users;
	int mmu_invalidate_in_progress;
	struct kvm_arch arch;
};

struct kvm_vcpu;
struct kvm_mmu_page;
struct memslots;

#endif
