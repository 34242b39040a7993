/* SPDX-License-Identifier: GPL-2.0-only */
/* The world around the MMU: CPUs below the vCPUs (cpu.c), the host's mapping (mm.c). */
#ifndef MMU_SIM_H
#define MMU_SIM_H

/* ---- CPUs ---- */

void sim_cpu_init(struct sim_cpu *cpu);
void sim_cpu_kick(struct kvm_vcpu *vcpu);
void sim_tlb_flush(struct kvm_vcpu *vcpu);
void sim_tlb_flush_range(struct kvm_vcpu *vcpu, gfn_t start, gfn_t end);
int sim_pml_drain(struct kvm_vcpu *vcpu, gfn_t *gfns);

/* Accesses of the guest, and of its nested guest if the vCPU runs that. */
int sim_read(struct kvm_vcpu *vcpu, gpa_t addr, u64 *value);
int sim_write(struct kvm_vcpu *vcpu, gpa_t addr, u64 value);
int sim_exec(struct kvm_vcpu *vcpu, gpa_t addr);
int sim_prefault(struct kvm_vcpu *vcpu, gpa_t addr);

/* The guest starts, ends, and flushes translations of its nested guest. */
void sim_enter_nested(struct kvm_vcpu *vcpu, gfn_t pgd);
void sim_leave_nested(struct kvm_vcpu *vcpu);
void sim_flush_nested(struct kvm_vcpu *vcpu);

/* ---- the host's mapping ---- */

/**
 * struct host_mm - a user mapping
 * @mmap_lock: for write to change the mapping, for read to use an entry that is there
 * @pte_lock: one entry, for as long as it takes to read or write it
 * @base: first hva
 * @npages: size
 * @ptes: pfn and HOST_PTE_*; changed under both locks
 * @kvm: who has to be told
 * @new_page: called for each page that becomes mapped, before anybody sees it
 * @private: for @new_page
 */
struct host_mm {
	struct rw_semaphore mmap_lock;
	spinlock_t pte_lock;
	hva_t base;
	unsigned long npages;
	u64 *ptes;
	struct kvm *kvm;
	void (*new_page)(struct host_mm *mm, unsigned long index, void *page);
	void *private;
};

struct host_mm *host_mm_create(unsigned long npages);
void host_mm_destroy(struct host_mm *mm);
void host_mm_attach(struct host_mm *mm, struct kvm *kvm);
void host_mm_detach(struct host_mm *mm);

kvm_pfn_t host_mm_fault(struct host_mm *mm, hva_t hva, bool write, bool *writable);
int host_mm_read(struct host_mm *mm, hva_t hva, u64 *value);
int host_mm_read_atomic(struct host_mm *mm, hva_t hva, u64 *value);
int host_mm_write(struct host_mm *mm, hva_t hva, u64 value);
int host_mm_mapping_level(struct host_mm *mm, hva_t hva);

/* What hosts do to mappings: swap out, share for copy on write, use a huge page. */
void host_mm_unmap(struct host_mm *mm, unsigned long index, unsigned long npages);
void host_mm_wrprotect(struct host_mm *mm, unsigned long index, unsigned long npages);
int host_mm_make_huge(struct host_mm *mm, unsigned long index);

#endif
