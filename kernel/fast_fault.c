// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that need no mmu_lock: the page is mapped, and only bits are missing that the
 * dirty log or access tracking took away.
 */
#include "mmu_internal.h"
#include "dirty.h"
#include "fault.h"
#include "memslot.h"
#include "shadow.h"
#include "tdp.h"

/**
 * walk_shadow_page_lockless_begin() - keep page tables from being freed
 * @vcpu: who walks
 *
 * Who frees a shadow page first waits until no vCPU is in this mode; see
 * kvm_flush_remote_tlbs().  Tables of the TDP MMU are freed by RCU, and need that instead.
 */
void walk_shadow_page_lockless_begin(struct kvm_vcpu *vcpu)
{
	local_irq_disable();
	/* The mode before the first read of an entry */
	smp_store_mb(vcpu->mode, READING_SHADOW_PAGE_TABLES);
}

/**
 * walk_shadow_page_lockless_end() - page tables may be freed again
 * @vcpu: who walked
 *
 * Needs what walk_shadow_page_lockless_begin() began; interrupts are on afterwards.
 */
void walk_shadow_page_lockless_end(struct kvm_vcpu *vcpu)
{
	/* The mode after the last one */
	smp_store_release(&vcpu->mode, OUTSIDE_GUEST_MODE);
	local_irq_enable();
}

/* The leaf of @gfn in a direct MMU; valid until walk_shadow_page_lockless_end(). */
static u64 *fast_pf_get_last_sptep(struct kvm_vcpu *vcpu, gfn_t gfn, u64 *spte)
{
	struct kvm_mmu_page *root = root_to_sp(vcpu->arch.mmu->root);
	u64 *table = root->spt, *sptep;
	int level = root->role.level;

	if (vcpu->kvm->arch.tdp_mmu_enabled)
		return (__force u64 *)kvm_tdp_mmu_fast_pf_get_last_sptep(vcpu, gfn, spte);
	for (;; level--) {
		sptep = &table[spte_index(gfn, level)];
		*spte = READ_ONCE(*sptep);
		if (!is_shadow_present_pte(*spte) || is_last_spte(*spte, level))
			return sptep;
		table = __va(*spte & SPTE_PFN_MASK);
	}
}

/* What the entry would be if the access were let through; 0 if it cannot be. */
static u64 fast_pf_new_spte(const struct kvm_page_fault *fault,
			    const struct kvm_memory_slot *slot, u64 spte)
{
	u64 new_spte = spte;

	if (!is_shadow_present_pte(spte))
		return 0;
	if (is_access_track_spte(spte))
		new_spte = restore_acc_track_spte(new_spte);
	if (fault->write && !is_writable_pte(new_spte)) {
		if (!(spte & SPTE_HOST_WRITABLE) || !is_mmu_writable_spte(spte))
			return 0;
		/* All of a large page would become writable, and one page be logged */
		if (is_large_pte(spte) && kvm_slot_dirty_track_enabled(slot))
			return 0;
		new_spte |= SPTE_W;
	}
	return is_access_allowed(fault, new_spte) ? new_spte : 0;
}

/*
 * Nothing keeps the entry as it was read: a zap, or write protection for the shadow MMU,
 * may come in between, and its value must win.
 */
static bool fast_pf_install(u64 *sptep, u64 spte, u64 new_spte)
{
	return try_cmpxchg64(sptep, &spte, new_spte);
}

static bool becomes_writable(u64 spte, u64 new_spte)
{
	return is_writable_pte(new_spte) && !is_writable_pte(spte);
}

static int fast_pf_fix(const struct kvm_page_fault *fault, struct kvm_memory_slot *slot,
		       u64 *sptep, u64 spte)
{
	u64 new_spte = fast_pf_new_spte(fault, slot, spte);

	if (!new_spte)
		return RET_PF_CONTINUE;
	if (new_spte == spte)
		return RET_PF_SPURIOUS;
	if (!fast_pf_install(sptep, spte, new_spte))
		return RET_PF_RETRY;
	if (becomes_writable(spte, new_spte))
		mark_page_dirty_in_slot(slot, fault->gfn);
	return RET_PF_FIXED;
}

/**
 * fast_page_fault() - try without mmu_lock
 * @vcpu: who faulted
 * @fault: the fault
 *
 * Needs kvm->srcu.
 *
 * Return: RET_PF_CONTINUE if the fault needs mmu_lock.
 */
int fast_page_fault(struct kvm_vcpu *vcpu, const struct kvm_page_fault *fault)
{
	struct kvm_memory_slot *slot;
	int r = RET_PF_CONTINUE;
	u64 *sptep, spte = 0;

	/* Below an indirect root, what the guest's tables say must be looked up */
	if (!vcpu->arch.mmu->root_role.direct)
		return r;
	slot = gfn_to_memslot(vcpu->kvm, fault->gfn);
	if (!slot || (slot->flags & (KVM_MEMSLOT_INVALID | KVM_MEM_READONLY)))
		return r;
	rcu_read_lock();
	walk_shadow_page_lockless_begin(vcpu);
	sptep = fast_pf_get_last_sptep(vcpu, fault->gfn, &spte);
	if (sptep)
		r = fast_pf_fix(fault, slot, sptep, spte);
	walk_shadow_page_lockless_end(vcpu);
	rcu_read_unlock();
	return r;
}
