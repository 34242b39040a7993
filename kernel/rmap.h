/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_RMAP_H
#define MMU_RMAP_H

#define PTE_LIST_LEN	6

/**
 * struct pte_list_desc - a block of SPTE pointers
 * @more: the next block, which is full
 * @nr: number of pointers in this one
 * @sptes: the pointers
 */
struct pte_list_desc {
	struct pte_list_desc *more;
	int nr;
	u64 *sptes[PTE_LIST_LEN];
};

void pte_list_add(struct kvm_mmu_caches *caches, struct kvm_rmap_head *head, u64 *sptep);
void pte_list_remove(struct kvm_rmap_head *head, u64 *sptep);

#define for_each_rmap_spte(head, desc, i)				\
	for ((desc) = (head)->list; (desc); (desc) = (desc)->more)	\
		for ((i) = 0; (i) < (desc)->nr; (i)++)

struct kvm_rmap_head *gfn_to_rmap(const struct kvm_memory_slot *slot, gfn_t gfn, int level);
bool kvm_memslots_have_rmaps(struct kvm *kvm);
void rmap_add(struct kvm *kvm, struct kvm_mmu_caches *caches, struct kvm_memory_slot *slot,
	      u64 *sptep, gfn_t gfn, u32 access);
bool rmap_drop_spte(struct kvm *kvm, u64 *sptep);
bool mmu_spte_update(u64 *sptep, u64 new_spte);
gfn_t kvm_mmu_page_get_gfn(const struct kvm_mmu_page *sp, int index);

/* What is done to each SPTE of a range; true if a flush is owed, or if it was young */
typedef bool (*rmap_handler_t)(struct kvm *kvm, u64 *sptep);

bool kvm_rmap_range(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t start, gfn_t end,
		    rmap_handler_t handler);
bool kvm_rmap_zap(struct kvm *kvm, struct kvm_rmap_head *head);
bool rmap_write_protect(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t gfn);

#endif
