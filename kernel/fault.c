// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page faults.  A fault looks its slot and its pfn up, which may sleep; takes mmu_lock;
 * sees whether what it found is still so; and installs it before the lock goes again.
 */
#include "mmu_internal.h"
#include "fault.h"
#include "gmem.h"
#include "invalidate.h"
#include "memslot.h"
#include "nx.h"
#include "root.h"
#include "shadow.h"
#include "tdp.h"
#include "vm.h"
#include "sim/sim.h"

/**
 * kvm_release_faultin_pfn() - drop what kvm_faultin_pfn() has found
 * @pfn: what it was, or an error
 *
 * Needs no lock.
 */
void kvm_release_faultin_pfn(kvm_pfn_t pfn)
{
	if (!is_error_noslot_pfn(pfn))
		folio_put(pfn_folio((unsigned long)pfn));
}

/**
 * kvm_faultin_pfn() - find what backs the gfn of a fault
 * @vcpu: who faulted
 * @fault: the fault; receives slot, sequence and pfn
 *
 * Needs kvm->srcu until the fault is over; may sleep.
 *
 * Return: RET_PF_CONTINUE, and the caller then has a reference to the page; or what the
 * fault ends with.
 */
int kvm_faultin_pfn(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	struct kvm *kvm = vcpu->kvm;
	struct kvm_memory_slot *slot;
	bool writable;

	/*
	 * The sequence first: a window that closes after this is seen, however much of
	 * the lookup came before it.  Pairs with kvm_mmu_invalidate_end().
	 */
	fault->mmu_seq = READ_ONCE(kvm->mmu_invalidate_seq);
	smp_rmb();

	slot = gfn_to_memslot(kvm, fault->gfn);
	if (!slot)
		return RET_PF_EMULATE;
	/* On its way out: after the grace period the slot is zapped without a window */
	if (slot->flags & KVM_MEMSLOT_INVALID)
		return RET_PF_RETRY;
	if (fault->write && (slot->flags & KVM_MEM_READONLY))
		return RET_PF_EMULATE;

	fault->slot = slot;
	if (slot->gmem)
		fault->pfn = gmem_get_pfn(slot, fault->gfn, &writable);
	else
		fault->pfn = host_mm_fault(kvm->mm, gfn_to_hva_memslot(slot, fault->gfn),
					   fault->write, &writable);
	if (is_error_noslot_pfn(fault->pfn))
		return RET_PF_EMULATE;
	fault->map_writable = writable && !(slot->flags & KVM_MEM_READONLY);
	return RET_PF_CONTINUE;
}

/**
 * is_obsolete_root() - is a root on its way out
 * @kvm: the VM
 * @root: hpa of the root
 *
 * Needs mmu_lock in any mode, or vcpu->mutex of the vCPU that has it as root.
 *
 * Return: true if it is, or if there is none.
 */
bool is_obsolete_root(struct kvm *kvm, hpa_t root)
{
	struct kvm_mmu_page *sp = root_to_sp(root);

	return !sp || is_obsolete_sp(kvm, sp);
}

/**
 * is_page_fault_stale() - may what the fault found be wrong by now
 * @vcpu: who faulted
 * @fault: the fault
 *
 * Needs mmu_lock in the mode in which the fault will install, and is worth nothing once
 * that is dropped.
 *
 * Return: true if the fault must start again.
 */
bool is_page_fault_stale(struct kvm_vcpu *vcpu, const struct kvm_page_fault *fault)
	__must_hold_shared(&vcpu->kvm->mmu_lock)
{
	struct kvm *kvm = vcpu->kvm;

	lockdep_assert_held(&kvm->mmu_lock);
	/* What is mapped in a root on its way out is zapped with it, without a window */
	if (is_obsolete_root(kvm, vcpu->arch.mmu->root))
		return true;
	return mmu_invalidate_retry_gfn(kvm, fault->mmu_seq, fault->gfn);
}

/**
 * kvm_mmu_max_mapping_level() - the largest page that may map a gfn
 * @kvm: the VM
 * @slot: the slot of @gfn
 * @gfn: the gfn
 * @max_level: PG_LEVEL_*, not more than that
 *
 * Needs mmu_lock in any mode, and for a fault that is_page_fault_stale() has said no:
 * the host's page size is then true, as it cannot change without a window.
 *
 * Return: PG_LEVEL_*.
 */
int kvm_mmu_max_mapping_level(struct kvm *kvm, const struct kvm_memory_slot *slot, gfn_t gfn,
			      int max_level)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	if (max_level == PG_LEVEL_4K || READ_ONCE(slot->disallow_lpage[gfn_to_lpage(slot, gfn)]))
		return PG_LEVEL_4K;
	return host_mm_mapping_level(kvm->mm, gfn_to_hva_memslot(slot, gfn));
}

/**
 * kvm_mmu_hugepage_adjust() - choose the level of a mapping
 * @kvm: the VM
 * @fault: the fault; its pfn becomes that of the first page of the mapping
 *
 * Called by the function that maps, and not before: see kvm_mmu_max_mapping_level().
 * Needs mmu_lock in any mode.
 */
void kvm_mmu_hugepage_adjust(struct kvm *kvm, struct kvm_page_fault *fault)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	fault->huge_page_disallowed = fault->exec && fault->nx_huge_page_workaround_enabled;
	fault->req_level = fault->goal_level = PG_LEVEL_4K;
	/* The dirty log is about pages of 4K */
	if (kvm_slot_dirty_track_enabled(fault->slot))
		return;
	fault->req_level = kvm_mmu_max_mapping_level(kvm, fault->slot, fault->gfn,
						     fault->max_level);
	if (fault->req_level == PG_LEVEL_4K || fault->huge_page_disallowed)
		return;
	fault->goal_level = fault->req_level;
	fault->pfn = ALIGN_DOWN(fault->pfn, KVM_PAGES_PER_HPAGE(fault->goal_level));
}

/* Map @fault in a direct MMU that is made of shadow pages. */
static int direct_map(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = root_to_sp(vcpu->arch.mmu->root), *child;
	struct kvm *kvm = vcpu->kvm;
	u64 *sptep;
	gfn_t gfn;

	lockdep_assert_held_write(&kvm->mmu_lock);
	kvm_mmu_hugepage_adjust(kvm, fault);
	for (;; sp = child) {
		sptep = &sp->spt[spte_index(fault->gfn, sp->role.level)];
		gfn = ALIGN_DOWN(fault->gfn, KVM_PAGES_PER_HPAGE(sp->role.level));
		if (fault->nx_huge_page_workaround_enabled)
			disallowed_hugepage_adjust(fault, READ_ONCE(*sptep), sp->role.level);
		if (sp->role.level == fault->goal_level)
			return mmu_set_spte(vcpu, sptep, gfn, fault);
		if (is_shadow_present_pte(READ_ONCE(*sptep)) && !is_large_pte(READ_ONCE(*sptep))) {
			child = spte_to_child_sp(READ_ONCE(*sptep));
			continue;
		}
		child = kvm_mmu_get_child_sp(vcpu, sptep, gfn, true, ACC_ALL);
		link_shadow_page(kvm, &vcpu->arch.caches, sptep, child);
		account_nx_huge_page_write(kvm, fault, child);
	}
}

/* One path for guests with and without paging: both are translated by gpa. */
static int direct_page_fault(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	struct kvm *kvm = vcpu->kvm;
	kvm_pfn_t pfn;
	int r;

	r = kvm_faultin_pfn(vcpu, fault);
	if (r != RET_PF_CONTINUE)
		return r;
	pfn = fault->pfn;

	r = RET_PF_RETRY;
	write_lock(&kvm->mmu_lock);
	if (!is_page_fault_stale(vcpu, fault))
		r = direct_map(vcpu, fault);
	write_unlock(&kvm->mmu_lock);
	/* The mapping holds no reference: a window takes it away before the page goes */
	kvm_release_faultin_pfn(pfn);
	return r;
}

/* The same for the TDP MMU, in parallel with others. */
static int kvm_tdp_mmu_page_fault(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	struct kvm *kvm = vcpu->kvm;
	kvm_pfn_t pfn;
	int r;

	r = kvm_faultin_pfn(vcpu, fault);
	if (r != RET_PF_CONTINUE)
		return r;
	pfn = fault->pfn;

	r = RET_PF_RETRY;
	read_lock(&kvm->mmu_lock);
	if (!is_page_fault_stale(vcpu, fault))
		r = kvm_tdp_mmu_map(vcpu, fault);
	read_unlock(&kvm->mmu_lock);
	kvm_release_faultin_pfn(pfn);
	return r;
}

static int kvm_mmu_do_page_fault(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault,
				 gpa_t *emulate)
{
	int r;

	*emulate = fault->addr;
	if (!fault->prefetch) {
		r = fast_page_fault(vcpu, fault);
		if (r != RET_PF_CONTINUE)
			return r;
	}
	/* Under mmu_lock nothing can be allocated */
	if (kvm_mmu_topup_caches(&vcpu->arch.caches))
		return RET_PF_EMULATE;
	if (!vcpu->arch.mmu->root_role.direct)
		return shadow_page_fault(vcpu, fault, emulate);
	if (vcpu->kvm->arch.tdp_mmu_enabled)
		return kvm_tdp_mmu_page_fault(vcpu, fault);
	return direct_page_fault(vcpu, fault);
}

/* A vCPU enters the guest with a root; a fault without one is a bug of ours. */
static bool has_root(const struct kvm_vcpu *vcpu)
{
	return VALID_PAGE(vcpu->arch.mmu->root);
}

static void init_fault(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault, gpa_t addr)
{
	*fault = (struct kvm_page_fault) {
		.addr = addr,
		.gfn = gpa_to_gfn(addr),
		.max_level = PG_LEVEL_2M,
		.access = ACC_ALL,
		.nx_huge_page_workaround_enabled = READ_ONCE(vcpu->kvm->arch.nx_huge_pages),
	};
}

/**
 * kvm_mmu_page_fault() - handle a fault of the guest
 * @vcpu: who faulted
 * @cr2_or_gpa: where, in bytes; a guest address has 64 bits whatever a long has
 * @error_code: PFERR_*
 * @emulate: receives the gpa, for RET_PF_EMULATE and RET_PF_WRITE_PROTECTED
 *
 * Needs vcpu->mutex and kvm->srcu.
 *
 * Return: RET_PF_*
 */
int kvm_mmu_page_fault(struct kvm_vcpu *vcpu, gpa_t cr2_or_gpa, u32 error_code, gpa_t *emulate)
{
	struct kvm_page_fault fault;

	lockdep_assert_held(&vcpu->mutex);
	if (WARN_ON_ONCE(!has_root(vcpu)))
		return RET_PF_RETRY;
	init_fault(vcpu, &fault, cr2_or_gpa);
	fault.write = error_code & PFERR_WRITE_MASK;
	fault.exec = error_code & PFERR_FETCH_MASK;
	return kvm_mmu_do_page_fault(vcpu, &fault, emulate);
}

/**
 * kvm_mmu_prefault() - map a page before it is accessed
 * @vcpu: whose MMU; direct
 * @gpa: where, in bytes
 *
 * Leaves alone what is mapped already.  Needs vcpu->mutex and kvm->srcu.
 *
 * Return: RET_PF_*
 */
int kvm_mmu_prefault(struct kvm_vcpu *vcpu, gpa_t gpa)
{
	struct kvm_page_fault fault;
	gpa_t unused;

	lockdep_assert_held(&vcpu->mutex);
	if (WARN_ON_ONCE(!has_root(vcpu)))
		return RET_PF_RETRY;
	init_fault(vcpu, &fault, gpa);
	fault.prefetch = true;
	return kvm_mmu_do_page_fault(vcpu, &fault, &unused);
}
