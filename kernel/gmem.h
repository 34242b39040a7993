/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMU_GMEM_H
#define MMU_GMEM_H

/**
 * struct gmem - guest memory that the host has no other mapping of
 * @invalidate_lock: for write to add or remove folios, for read to use one
 * @npages: size
 * @no_direct_map: its folios are taken out of the direct map
 * @folios: by page; NULL where there is none yet
 */
struct gmem {
	struct rw_semaphore invalidate_lock;
	unsigned long npages;
	bool no_direct_map;
	struct folio **folios __guarded_by(&invalidate_lock);
};

struct gmem *gmem_create(unsigned long npages, bool no_direct_map);
int gmem_destroy(struct gmem *gmem);
kvm_pfn_t gmem_get_pfn(const struct kvm_memory_slot *slot, gfn_t gfn, bool *writable);
int gmem_punch_hole(struct gmem *gmem, struct kvm *kvm, unsigned long start,
		    unsigned long npages);
int kvm_read_guest_private(struct kvm *kvm, gpa_t gpa, void *data, unsigned long len);
int kvm_write_guest_private(struct kvm *kvm, gpa_t gpa, const void *data, unsigned long len);

int gmem_folio_map(struct folio *folio);
int gmem_folio_unmap(struct folio *folio);
unsigned long gmem_folio_maps(struct folio *folio);

#endif
