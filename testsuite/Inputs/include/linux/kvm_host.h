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

#define KVM_MEMSLOT_INVALID	(1UL << 16)
#define INVALID_GPA		(~(gpa_t)0)

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
	struct list_head gpc_list;
	struct {
		spinlock_t lock;
	} irqfds;
	unsigned long mn_active_invalidate_count;
	unsigned long mmu_invalidate_seq;
	long mmu_invalidate_in_progress;
	gfn_t mmu_invalidate_range_start;
	gfn_t mmu_invalidate_range_end;
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

struct gfn_to_pfn_cache {
	rwlock_t lock;
	struct mutex refresh_lock;
	struct kvm *kvm;
	struct list_head list;
	u64 pfn;
	void *khva;
	bool active;
	bool valid;
};

bool kvm_gpc_check(struct gfn_to_pfn_cache *gpc, unsigned long len);

struct kvm_gfn_range {
	struct kvm_memory_slot *slot;
	gfn_t start;
	gfn_t end;
	bool may_block;
};

extern struct mutex kvm_lock;
