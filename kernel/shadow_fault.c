// SPDX-License-Identifier: GPL-2.0-only
/* Faults of a nested guest: its address is translated by the guest's tables first. */
#include "mmu_internal.h"
#include "fault.h"
#include "guest_walk.h"
#include "nx.h"
#include "shadow.h"
#include "spte.h"

/* The child below @sptep that shadows the guest's table of one level less. */
static struct kvm_mmu_page *fetch_table(struct kvm_vcpu *vcpu, struct guest_walker *walker,
					u64 *sptep, int level)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	u64 spte = READ_ONCE(*sptep);
	struct kvm_mmu_page *child;
	u32 access = ACC_ALL;
	int i;

	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	if (is_shadow_present_pte(spte) && !is_large_pte(spte)) {
		child = spte_to_child_sp(spte);
		if (!child->role.direct && child->gfn == walker->table_gfn[level - 1])
			return child;
	}
	for (i = PG_LEVEL_ROOT; i >= level; i--)
		access &= gpte_access(walker->gpte[i]);
	return kvm_mmu_get_child_sp(vcpu, sptep, walker->table_gfn[level - 1], false, access);
}

/* Go down from the root to the page whose entry shadows the last one of the walk. */
static struct kvm_mmu_page *fetch_shadow(struct kvm_vcpu *vcpu, struct guest_walker *walker,
					 u64 page)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = root_to_sp(vcpu->arch.mmu->root), *child;
	struct kvm *kvm = vcpu->kvm;
	int level;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for (level = PG_LEVEL_ROOT; level > walker->level; level--, sp = child) {
		u64 *sptep = &sp->spt[spte_index(page, level)];

		child = fetch_table(vcpu, walker, sptep, level);
		/* Only now is it certain that the shadow will see a change of the entry */
		if (kvm_gpte_changed(vcpu, walker, page, level))
			return NULL;
		if (!is_shadow_present_pte(READ_ONCE(*sptep)) ||
		    is_large_pte(READ_ONCE(*sptep)) ||
		    spte_to_child_sp(READ_ONCE(*sptep)) != child)
			link_shadow_page(kvm, &vcpu->arch.caches, sptep, child);
	}
	return kvm_gpte_changed(vcpu, walker, page, level) ? NULL : sp;
}

static int shadow_fetch(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault,
			struct guest_walker *walker)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	u64 page = gpa_to_gfn(fault->addr), *sptep;
	struct kvm_mmu_page *sp, *child;
	struct kvm *kvm = vcpu->kvm;
	gfn_t gfn;

	lockdep_assert_held_write(&kvm->mmu_lock);
	sp = fetch_shadow(vcpu, walker, page);
	if (!sp)
		return RET_PF_RETRY;
	/*
	 * After all shadow pages were made: one of them may shadow a table in the very
	 * range, and then the mapping must be small.
	 */
	kvm_mmu_hugepage_adjust(kvm, fault);
	for (;; sp = child) {
		sptep = &sp->spt[spte_index(page, sp->role.level)];
		gfn = ALIGN_DOWN(fault->gfn, KVM_PAGES_PER_HPAGE(sp->role.level));
		if (fault->nx_huge_page_workaround_enabled)
			disallowed_hugepage_adjust(fault, READ_ONCE(*sptep), sp->role.level);
		if (sp->role.level == fault->goal_level)
			return mmu_set_spte(vcpu, sptep, gfn, fault);
		/* A large page of the guest, made of small ones of the host */
		child = kvm_mmu_get_child_sp(vcpu, sptep, gfn, true, walker->access);
		if (!is_shadow_present_pte(READ_ONCE(*sptep)) ||
		    is_large_pte(READ_ONCE(*sptep)) ||
		    spte_to_child_sp(READ_ONCE(*sptep)) != child)
			link_shadow_page(kvm, &vcpu->arch.caches, sptep, child);
		account_nx_huge_page_write(kvm, fault, child);
	}
}

/**
 * shadow_page_fault() - handle a fault of a nested guest
 * @vcpu: who faulted
 * @fault: the fault; addr is what the nested guest calls physical
 * @emulate: receives the address as the guest calls it
 *
 * Needs kvm->srcu, and the vCPU's caches full.
 *
 * Return: RET_PF_*; RET_PF_INJECT if the fault is the guest's own business
 */
int shadow_page_fault(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault, gpa_t *emulate)
{
	struct kvm *kvm = vcpu->kvm;
	struct guest_walker walker;
	kvm_pfn_t pfn;
	int r;

	if (kvm_walk_guest(vcpu, gpa_to_gfn(fault->addr), &walker) ||
	    (fault->write && !(walker.access & ACC_WRITE_MASK)) ||
	    (fault->exec && !(walker.access & ACC_EXEC_MASK)))
		return RET_PF_INJECT;
	fault->gfn = walker.gfn;
	fault->access = walker.access;
	fault->max_level = min(walker.level, PG_LEVEL_2M);
	*emulate = gfn_to_gpa(walker.gfn) | (fault->addr & ~PAGE_MASK);

	r = kvm_faultin_pfn(vcpu, fault);
	if (r != RET_PF_CONTINUE)
		return r;
	pfn = fault->pfn;

	r = RET_PF_RETRY;
	write_lock(&kvm->mmu_lock);
	if (!is_page_fault_stale(vcpu, fault))
		r = shadow_fetch(vcpu, fault, &walker);
	write_unlock(&kvm->mmu_lock);
	kvm_release_faultin_pfn(pfn);
	return r;
}
