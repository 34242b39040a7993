/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/rwsem.h>

union kvm_mmu_page_role {
	u32 word;
	struct {
		unsigned level:4;
		unsigned direct:1;
		unsigned invalid:1;
	};
};

struct kvm_mmu_page {
	struct list_head link;
	struct hlist_node hash_link;
	bool tdp_mmu_page;
	bool unsync;
	bool nx_huge_page_disallowed;
	union kvm_mmu_page_role role;
	gfn_t gfn;
	u64 *spt;
	unsigned int unsync_children;
	int root_count;
	struct list_head possible_nx_huge_page_link;
};

struct kvm_arch {
	unsigned long n_used_mmu_pages;
	unsigned int indirect_shadow_pages;
	u8 mmu_valid_gen;
	struct list_head active_mmu_pages;
	struct list_head possible_nx_huge_pages;
	struct list_head tdp_mmu_roots;
	spinlock_t mmu_unsync_pages_lock;
	spinlock_t tdp_mmu_pages_lock;
	struct rw_semaphore apicv_update_lock;
};

struct kvm_vcpu_arch {
	hpa_t root;
	u32 hflags;
};
