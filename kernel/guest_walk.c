// SPDX-License-Identifier: GPL-2.0-only
/* Reading the tables that a guest keeps for its nested guest. */
#include "mmu_internal.h"
#include "guest_walk.h"
#include "memslot.h"
#include "spte.h"
#include "sim/sim.h"

static hva_t gpte_hva(struct kvm_vcpu *vcpu, gfn_t table, int index)
{
	struct kvm_memory_slot *slot = gfn_to_memslot(vcpu->kvm, table);

	if (!slot || slot->gmem || (slot->flags & KVM_MEMSLOT_INVALID))
		return KVM_HVA_ERR;
	return gfn_to_hva_memslot(slot, table) + index * sizeof(u64);
}

/**
 * kvm_read_gpte_atomic() - read an entry of the guest's without sleeping
 * @vcpu: whose memory
 * @table: gfn of the table
 * @index: of the entry
 * @gpte: receives it
 *
 * Needs kvm->srcu.
 *
 * Return: 0, or -EFAULT if the page is not at hand.
 */
int kvm_read_gpte_atomic(struct kvm_vcpu *vcpu, gfn_t table, int index, u64 *gpte)
{
	hva_t hva = gpte_hva(vcpu, table, index);

	return hva == KVM_HVA_ERR ? -EFAULT : host_mm_read_atomic(vcpu->kvm->mm, hva, gpte);
}

/**
 * kvm_walk_guest() - translate as the guest's tables say
 * @vcpu: whose tables
 * @page: the address, in pages
 * @walker: receives the way
 *
 * Needs kvm->srcu; may sleep.
 *
 * Return: 0, or -EFAULT if the guest maps nothing there.
 */
int kvm_walk_guest(struct kvm_vcpu *vcpu, u64 page, struct guest_walker *walker)
{
	gfn_t table = vcpu->arch.guest_mmu.pgd;
	int level;

	walker->access = ACC_ALL;
	for (level = PG_LEVEL_ROOT; level >= PG_LEVEL_4K; level--) {
		hva_t hva = gpte_hva(vcpu, table, spte_index(page, level));
		u64 gpte;

		if (hva == KVM_HVA_ERR || host_mm_read(vcpu->kvm->mm, hva, &gpte) ||
		    !is_present_gpte(gpte))
			return -EFAULT;
		walker->table_gfn[level] = table;
		walker->gpte[level] = gpte;
		walker->level = level;
		walker->access &= gpte_access(gpte);
		table = gpte_to_gfn(gpte);
		if (level == PG_LEVEL_2M && (gpte & GPTE_PS))
			break;
	}
	walker->gfn = table + (page & (KVM_PAGES_PER_HPAGE(walker->level) - 1));
	return 0;
}

/* What the walk went by is what the table says. */
static bool is_gpte_of_walk(const struct guest_walker *walker, int level, u64 gpte)
{
	return gpte == walker->gpte[level];
}

/**
 * kvm_gpte_changed() - is an entry of the walk another one now
 * @vcpu: whose tables
 * @walker: the walk
 * @page: the address, in pages
 * @level: of the entry
 *
 * The walk was made without a lock.  By now the table is write-protected or marked out
 * of sync, so that an entry that is still the same is one that the shadow will follow.
 * Needs mmu_lock for write.
 *
 * Return: true if the fault must start again.
 */
bool kvm_gpte_changed(struct kvm_vcpu *vcpu, const struct guest_walker *walker, u64 page,
		      int level)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	u64 gpte;

	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	if (kvm_read_gpte_atomic(vcpu, walker->table_gfn[level], spte_index(page, level), &gpte))
		return true;
	return !is_gpte_of_walk(walker, level, gpte);
}
