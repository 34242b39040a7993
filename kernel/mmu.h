/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The types of the MMU.  The lock that guards a member stands beside it; README.md
 * has the locks and their order.
 */
#ifndef MMU_MMU_H
#define MMU_MMU_H

#include "../annotations/addresses.h"

/*
 * Addresses.  gpa and gfn: what the guest calls physical; hpa and pfn: what the host
 * does.  All of them have 64 bits also where a long has 32.  hva: the user's mapping.
 */
typedef u64 __address_type gpa_t;
typedef u64 __address_type gfn_t;
typedef u64 __address_type hpa_t;
typedef u64 __address_type kvm_pfn_t;
typedef unsigned long hva_t;

#define INVALID_GFN		(~(gfn_t)0)
#define INVALID_PAGE		(~(hpa_t)0)
#define VALID_PAGE(hpa)		((hpa) != INVALID_PAGE)
#define KVM_PFN_NOSLOT		(~(kvm_pfn_t)0)
#define KVM_PFN_ERR_FAULT	(~(kvm_pfn_t)1)
#define KVM_HVA_ERR		(~(hva_t)0)

static inline bool is_error_noslot_pfn(kvm_pfn_t pfn)
{
	return pfn >= KVM_PFN_ERR_FAULT;
}

static inline gfn_t gpa_to_gfn(gpa_t gpa)
{
	return gpa >> PAGE_SHIFT;
}

static inline gpa_t gfn_to_gpa(gfn_t gfn)
{
	return gfn << PAGE_SHIFT;
}

/* Levels of a page table: 1 maps 4 KiB, 2 maps 2 MiB; a root is at 4. */
#define PG_LEVEL_4K		1
#define PG_LEVEL_2M		2
#define PG_LEVEL_ROOT		4
#define PTES_PER_TABLE		512
#define KVM_PAGES_PER_HPAGE(level)	(1ULL << (9 * ((level) - 1)))

#define KVM_MAX_VCPUS		8
#define KVM_MEM_SLOTS_NUM	8

struct kvm;
struct kvm_vcpu;
struct host_mm;

/* ---- memslots (memslot.c) ---- */

#define KVM_MEM_LOG_DIRTY_PAGES	BIT(0)
#define KVM_MEM_READONLY	BIT(1)
#define KVM_MEMSLOT_INVALID	BIT(16)

/**
 * struct kvm_rmap_head - the SPTEs that map one gfn, at one level
 * @list: blocks of SPTE pointers; guarded by mmu_lock for write
 */
struct kvm_rmap_head {
	struct pte_list_desc *list;
};

/**
 * struct kvm_memory_slot - a range of gfns and what backs it
 * @base_gfn: first gfn
 * @npages: number of gfns
 * @userspace_addr: hva of the first gfn, if @gmem is NULL
 * @flags: KVM_MEM_*; a slot that others can see never changes them
 * @id: index in its set
 * @dirty_bitmap: one bit for each gfn, shared by the copies of the slot
 * @gmem: guest memory that backs the slot
 * @gmem_pgoff: its page for @base_gfn
 * @rmap: by level, from 4K; NULL as long as the VM has no shadow root
 * @disallow_lpage: number of reasons why a 2M page of the slot must stay split;
 *		    guarded by mmu_lock for write
 * @write_track: number of shadowed page tables above 4K at the gfn; guarded by mmu_lock
 *		 for write
 */
struct kvm_memory_slot {
	gfn_t base_gfn;
	unsigned long npages;
	hva_t userspace_addr;
	u32 flags;
	u16 id;
	unsigned long *dirty_bitmap;
	struct gmem *gmem;
	unsigned long gmem_pgoff;
	struct kvm_rmap_head *rmap[2];
	int *disallow_lpage;
	u16 *write_track;
};

/**
 * struct kvm_memslots - a set of slots, published as a whole
 * @generation: grows with each set that is published
 * @slots: by id
 */
struct kvm_memslots {
	u64 generation;
	struct kvm_memory_slot *slots[KVM_MEM_SLOTS_NUM];
};

struct kvm_userspace_memory_region {
	u16 slot;
	u32 flags;
	gfn_t base_gfn;
	unsigned long npages;	/* 0 deletes the slot */
	hva_t userspace_addr;
	struct gmem *gmem;
	unsigned long gmem_pgoff;
};

/* ---- page tables ---- */

#define ACC_EXEC_MASK		1
#define ACC_WRITE_MASK		2
#define ACC_ALL			3

/**
 * union kvm_mmu_page_role - what makes two shadow pages of one gfn different
 * @level: of the page table
 * @direct: maps gfns in order, shadows no page table of the guest
 * @access: ACC_* that all of its entries have
 * @ad_disabled: the CPU sets no accessed and dirty bits
 * @guest_mode: translates for a nested guest
 * @invalid: on its way out; never cleared.  A member of its own, and not a bit beside the
 *	     others: it is set while walks without a lock read the level
 */
union kvm_mmu_page_role {
	u32 word;
	struct {
		u16 level : 4;
		u16 direct : 1;
		u16 access : 2;
		u16 ad_disabled : 1;
		u16 guest_mode : 1;
		bool invalid;
	};
};

typedef u64 __rcu *tdp_ptep_t;

/**
 * struct kvm_mmu_page - a page table
 * @link: active_mmu_pages, an invalid list, or tdp_mmu_roots
 * @hash_link: mmu_page_hash, for pages of the shadow MMU
 * @role: see above
 * @tdp_mmu_page: belongs to the TDP MMU
 * @gfn: first gfn, or the gfn of the page table that it shadows
 * @spt: the entries
 * @shadowed: for an indirect page, gfn and access that the guest gave to each entry
 * @root_count: number of vCPUs that have it as root; shadow MMU, mmu_lock for write
 * @tdp_mmu_root_count: the same for the TDP MMU
 * @tdp_mmu_scheduled_root_to_zap: has the reference of the TDP MMU itself still to drop;
 *				   guarded by slots_lock
 * @mmu_valid_gen: obsolete if not that of the VM
 * @nx_huge_page_disallowed: a huge page was split because the guest executes in it
 * @possible_nx_huge_page_link: on possible_nx_huge_pages
 * @unsync: the guest may write the page table that this page shadows.  0 to 1 under
 *	    mmu_lock (any) and mmu_unsync_pages_lock, 1 to 0 under mmu_lock for write
 * @unsync_children: number of set bits in @unsync_child_bitmap
 * @unsync_child_bitmap: entries that lead to unsync pages; guarded as @unsync
 * @parent_ptes: the SPTEs that point to the page; shadow MMU
 * @ptep: the one SPTE that does; TDP MMU
 * @rcu_head: for pages that readers without mmu_lock may be in
 */
struct kvm_mmu_page {
	struct list_head link;
	struct hlist_node hash_link;
	union kvm_mmu_page_role role;
	bool tdp_mmu_page;
	gfn_t gfn;
	u64 *spt;
	u64 *shadowed;
	int root_count;
	refcount_t tdp_mmu_root_count;
	bool tdp_mmu_scheduled_root_to_zap;
	u8 mmu_valid_gen;
	bool nx_huge_page_disallowed;
	struct list_head possible_nx_huge_page_link;
	bool unsync;
	unsigned int unsync_children;
	DECLARE_BITMAP(unsync_child_bitmap, PTES_PER_TABLE);
	struct kvm_rmap_head parent_ptes;
	tdp_ptep_t ptep;
	struct rcu_head rcu_head;
};

/**
 * struct kvm_mmu_memory_cache - objects to have without sleeping
 * @nobjs: how many there are
 * @capacity: how many there is room for
 * @objects: the objects; a vCPU's are guarded by its mutex
 */
struct kvm_mmu_memory_cache {
	int nobjs;
	int capacity;
	void **objects;
};

struct kvm_mmu_caches {
	struct kvm_mmu_memory_cache header;	/* struct kvm_mmu_page */
	struct kvm_mmu_memory_cache table;	/* its @spt */
	struct kvm_mmu_memory_cache shadowed;	/* its @shadowed */
	struct kvm_mmu_memory_cache desc;	/* struct pte_list_desc */
};

/**
 * struct kvm_mmu - one address space of a vCPU
 * @root: hpa of its root, INVALID_PAGE if it has none
 * @root_role: what its root should be
 * @pgd: gfn of the guest's root, if the MMU is not direct
 */
struct kvm_mmu {
	hpa_t root;
	union kvm_mmu_page_role root_role;
	gfn_t pgd;
};

/* ---- faults ---- */

#define PFERR_WRITE_MASK	BIT(1)
#define PFERR_FETCH_MASK	BIT(4)

/*
 * RET_PF_CONTINUE: go on; RET_PF_RETRY: let the vCPU fault again; RET_PF_EMULATE: no
 * memory there; RET_PF_WRITE_PROTECTED: emulate the write, a page table is shadowed;
 * RET_PF_FIXED: done; RET_PF_SPURIOUS: was done already; RET_PF_INJECT: the guest's own
 * tables do not let the access through.
 */
enum {
	RET_PF_CONTINUE = 0,
	RET_PF_RETRY,
	RET_PF_EMULATE,
	RET_PF_WRITE_PROTECTED,
	RET_PF_FIXED,
	RET_PF_SPURIOUS,
	RET_PF_INJECT,
};

/**
 * struct kvm_page_fault - one fault on its way
 * @addr: where, as the MMU that faulted sees it; bytes
 * @write: the access was a write
 * @exec: the access was a fetch
 * @prefetch: nobody accessed anything, the mapping is wanted ahead of time
 * @nx_huge_page_workaround_enabled: no huge page may be executable
 * @huge_page_disallowed: by that workaround, here
 * @max_level: the largest mapping that the slot, the policy and the guest allow
 * @req_level: what would be mapped without the workaround
 * @goal_level: what is mapped
 * @gfn: of @addr, as the host sees it
 * @slot: of @gfn; valid as long as the srcu read section
 * @mmu_seq: mmu_invalidate_seq before the pfn was looked up
 * @pfn: what backs @gfn
 * @map_writable: whether the host lets it be written
 * @access: what the guest's tables allow (ACC_ALL for a direct MMU)
 */
struct kvm_page_fault {
	gpa_t addr;
	bool write;
	bool exec;
	bool prefetch;
	bool nx_huge_page_workaround_enabled;
	bool huge_page_disallowed;
	u8 max_level;
	u8 req_level;
	u8 goal_level;
	gfn_t gfn;
	struct kvm_memory_slot *slot;
	unsigned long mmu_seq;
	kvm_pfn_t pfn;
	bool map_writable;
	u32 access;
};

/**
 * struct kvm_gfn_range - a part of a slot that something is done to
 */
struct kvm_gfn_range {
	struct kvm_memory_slot *slot;
	gfn_t start;
	gfn_t end;
};

/* ---- simulated CPUs (sim/cpu.c) ---- */

#define SIM_TLB_SIZE		64
#define SIM_PML_SIZE		64

struct sim_tlb_entry {
	hpa_t root;	/* INVALID_PAGE: empty */
	u64 page;	/* guest address, in pages */
	kvm_pfn_t pfn;
	bool write;
	bool exec;
	bool dirty;
	bool nested;
};

/**
 * struct sim_cpu - the hardware below a vCPU
 * @lock: held for one access to memory; who flushes takes it, and so waits until an
 *	  access through an old entry is over
 * @tlb: keeps what was once walked until it is flushed
 * @pml: gfns of pages that became dirty, for the dirty log
 * @nr_pml: how many
 * @walks: number of page walks
 */
struct sim_cpu {
	spinlock_t lock;
	struct sim_tlb_entry tlb[SIM_TLB_SIZE] __guarded_by(&lock);
	gfn_t pml[SIM_PML_SIZE] __guarded_by(&lock);
	int nr_pml __guarded_by(&lock);
	unsigned long walks;
};

/* ---- the VM ---- */

#define KVM_REQ_MMU_FREE_OBSOLETE_ROOTS	0
#define KVM_REQ_MMU_SYNC		1
#define KVM_REQ_TLB_FLUSH		2

enum { OUTSIDE_GUEST_MODE, READING_SHADOW_PAGE_TABLES };

struct kvm_vcpu_arch {
	struct kvm_mmu *mmu;		/* the one in use */
	struct kvm_mmu root_mmu;	/* the guest itself */
	struct kvm_mmu guest_mmu;	/* its nested guest */
	struct kvm_mmu_caches caches;
};

/**
 * struct kvm_vcpu - a virtual CPU
 * @mutex: who holds it runs the vCPU
 * @mode: tells who frees shadow pages that the vCPU walks them without mmu_lock
 * @requests: KVM_REQ_* to be met before the next access to guest memory
 */
struct kvm_vcpu {
	struct kvm *kvm;
	int vcpu_id;
	struct mutex mutex;
	int mode;
	unsigned long requests;
	struct kvm_vcpu_arch arch;
	struct sim_cpu cpu;
};

#define KVM_MMU_HASH_BITS	10
#define KVM_NUM_MMU_PAGES	(1 << KVM_MMU_HASH_BITS)

struct kvm_arch {
	/* Every page of the shadow MMU; mmu_lock for write */
	struct list_head active_mmu_pages;
	struct hlist_head mmu_page_hash[KVM_NUM_MMU_PAGES];
	/* What is older is obsolete; written under slots_lock and mmu_lock for write */
	u8 mmu_valid_gen;
	/* Indirect pages; written under mmu_lock for write, read without */
	unsigned int indirect_shadow_pages;
	bool shadow_root_allocated;

	/*
	 * Marking pages unsync happens in page faults of the TDP MMU, which hold
	 * mmu_lock for read only.
	 */
	spinlock_t mmu_unsync_pages_lock;

	bool tdp_mmu_enabled;
	bool ad_enabled;	/* simulated CPUs set A and D bits */
	bool nx_huge_pages;
	struct list_head tdp_mmu_roots;
	atomic_long_t tdp_mmu_pages;
	/*
	 * Changes to tdp_mmu_roots and possible_nx_huge_pages by those that hold mmu_lock
	 * for read.
	 */
	spinlock_t tdp_mmu_pages_lock;
	struct list_head possible_nx_huge_pages;

	/* For splitting large pages when a dirty log begins; guarded by slots_lock */
	struct kvm_mmu_caches split_caches;
};

/**
 * struct kvm - a virtual machine
 */
struct kvm {
	rwlock_t mmu_lock;
	struct mutex slots_lock;
	struct mutex slots_arch_lock;	/* the parts of slots that page faults allocate */
	struct srcu_struct srcu;
	struct kvm_memslots __rcu *memslots;
	struct kvm_memslots __memslots[2];
	/* Generation whose predecessors no reader has any more; guarded by slots_lock */
	u64 synced_generation;
	/* A slot is marked, and nobody uses it unmarked any more; guarded by slots_lock */
	long memslot_removals;

	refcount_t users_count;
	int nr_vcpus;
	struct kvm_vcpu *vcpus[KVM_MAX_VCPUS];

	/* Number of windows; written under mmu_lock for write */
	long mmu_invalidate_in_progress;
	unsigned long mmu_invalidate_seq;
	gfn_t mmu_invalidate_range_start;
	gfn_t mmu_invalidate_range_end;

	spinlock_t mn_invalidate_lock;
	unsigned long mn_active_invalidate_count;

	spinlock_t gpc_lock;
	struct list_head gpc_list __guarded_by(&gpc_lock);

	struct host_mm *mm;
	struct kvm_arch arch;
};

#endif
