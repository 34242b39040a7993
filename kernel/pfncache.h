/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_PFNCACHE_H
#define MMU_PFNCACHE_H

struct gmem;

/**
 * struct gfn_to_pfn_cache - one page of the guest, at hand without a lookup
 * @kvm: the VM
 * @list: kvm->gpc_list
 * @refresh_lock: one refresh at a time
 * @lock: for read to use @khva, for write to change what follows
 * @gpa: the page
 * @generation: of the memslots that it was looked up in
 * @uhva: where the host maps it, if @gmem is NULL
 * @gmem: what backs it
 * @gmem_index: its page there
 * @folio: the page, with a reference, and in the direct map for us; NULL if there is none
 * @khva: its address; may be used under @lock as long as kvm_gpc_check() says so
 * @valid: nobody has invalidated it
 * @active: it is in use
 */
struct gfn_to_pfn_cache {
	struct kvm *kvm;
	struct list_head list;
	struct mutex refresh_lock;
	rwlock_t lock;
	gpa_t gpa __guarded_by(&lock);
	u64 generation __guarded_by(&lock);
	hva_t uhva __guarded_by(&lock);
	struct gmem *gmem __guarded_by(&lock);
	unsigned long gmem_index __guarded_by(&lock);
	struct folio *folio __guarded_by(&lock);
	void *khva __guarded_by(&lock);
	bool valid __guarded_by(&lock);
	bool active __guarded_by(&lock);
};

void kvm_gpc_init(struct gfn_to_pfn_cache *gpc, struct kvm *kvm);
int kvm_gpc_activate(struct gfn_to_pfn_cache *gpc, gpa_t gpa);
bool kvm_gpc_check(struct gfn_to_pfn_cache *gpc);
int kvm_gpc_refresh(struct gfn_to_pfn_cache *gpc);
int kvm_gpc_deactivate(struct gfn_to_pfn_cache *gpc);

void gfn_to_pfn_cache_invalidate_hva(struct kvm *kvm, hva_t start, hva_t end);
void gfn_to_pfn_cache_invalidate_gmem(struct kvm *kvm, const struct gmem *gmem,
				      unsigned long start, unsigned long end);

#endif
