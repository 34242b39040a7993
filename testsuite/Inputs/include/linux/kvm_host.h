/* SPDX-License-Identifier: GPL-2.0-only */
/* As much of KVM's structures as the tests' locks are in. */
#pragma once

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/guards.h>
#include <linux/kvm_types.h>
#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/uaccess.h>
#include <asm/kvm_host.h>

struct kvm_memory_slot {
	gfn_t base_gfn;
	unsigned long npages;
	u32 flags;
};

struct kvm_memslots {
	u64 generation;
};

struct kvm {
	rwlock_t mmu_lock;
	struct mutex lock;
	struct mutex slots_lock;
	struct mutex slots_arch_lock;
	struct mutex irq_lock;
	struct srcu_struct srcu;
	struct srcu_struct irq_srcu;
	spinlock_t mn_invalidate_lock;
	spinlock_t gpc_lock;
	unsigned long mn_active_invalidate_count;
	unsigned long mmu_invalidate_seq;
	long mmu_invalidate_in_progress;
	refcount_t users_count;
	int created_vcpus;
	struct kvm_memslots *memslots;
	struct list_head vm_list;
	struct kvm_arch arch;
};

struct kvm_vcpu {
	struct kvm *kvm;
	struct mutex mutex;
	int srcu_idx;
	struct kvm_vcpu_arch arch;
};

extern struct mutex kvm_lock;
