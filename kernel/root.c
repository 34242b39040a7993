// SPDX-License-Identifier: GPL-2.0-only
/* What a vCPU enters the guest with: its MMU, and the root of it. */
#include "mmu_internal.h"
#include "memslot.h"
#include "root.h"
#include "shadow.h"
#include "tdp.h"
#include "unsync.h"
#include "vm.h"
#include "sim/sim.h"

/**
 * kvm_init_mmu() - say what the roots of a vCPU should be
 * @vcpu: a vCPU that does not run
 *
 * Nobody else knows the vCPU yet: needs no lock.
 */
void kvm_init_mmu(struct kvm_vcpu *vcpu)
{
	union kvm_mmu_page_role role = { .level = PG_LEVEL_ROOT, .direct = 1, .access = ACC_ALL };

	role.ad_disabled = !vcpu->kvm->arch.ad_enabled;
	vcpu->arch.root_mmu.root_role = role;
	vcpu->arch.root_mmu.root = INVALID_PAGE;
	role.direct = 0;
	role.guest_mode = 1;
	vcpu->arch.guest_mmu.root_role = role;
	vcpu->arch.guest_mmu.root = INVALID_PAGE;
	vcpu->arch.mmu = &vcpu->arch.root_mmu;
}

static void free_tdp_root(struct kvm *kvm, hpa_t root)
{
	read_lock(&kvm->mmu_lock);
	kvm_tdp_mmu_put_root(kvm, root_to_sp(root));
	read_unlock(&kvm->mmu_lock);
}

static void free_shadow_root(struct kvm *kvm, hpa_t root)
{
	LIST_HEAD(invalid_list);

	write_lock(&kvm->mmu_lock);
	mmu_free_root_page_write(kvm, root, &invalid_list);
	kvm_mmu_commit_zap_page(kvm, &invalid_list);
	write_unlock(&kvm->mmu_lock);
}

static void kvm_mmu_free_root(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu)
	__must_hold(&vcpu->mutex)
{
	lockdep_assert_held(&vcpu->mutex);
	if (!VALID_PAGE(mmu->root))
		return;
	if (mmu->root_role.direct && vcpu->kvm->arch.tdp_mmu_enabled)
		free_tdp_root(vcpu->kvm, mmu->root);
	else
		free_shadow_root(vcpu->kvm, mmu->root);
	mmu->root = INVALID_PAGE;
}

/**
 * kvm_mmu_unload() - drop the roots of a vCPU
 * @vcpu: the vCPU; the caller has its mutex, and what gfn_to_memslot() needs
 */
void kvm_mmu_unload(struct kvm_vcpu *vcpu)
	__must_hold(&vcpu->mutex)
{
	lockdep_assert_held(&vcpu->mutex);
	kvm_mmu_free_root(vcpu, &vcpu->arch.root_mmu);
	kvm_mmu_free_root(vcpu, &vcpu->arch.guest_mmu);
}

static int mmu_alloc_shadow_root(struct kvm_vcpu *vcpu)
{
	struct kvm_mmu *mmu = vcpu->arch.mmu;
	struct kvm *kvm = vcpu->kvm;
	struct kvm_memory_slot *slot;
	struct kvm_mmu_page *root;
	gfn_t gfn = mmu->root_role.direct ? 0 : mmu->pgd;
	int r = mmu_first_shadow_root_alloc(kvm);

	if (r)
		return r;
	slot = gfn_to_memslot(kvm, gfn);
	if (!mmu->root_role.direct && (!slot || (slot->flags & KVM_MEMSLOT_INVALID)))
		return -EFAULT;
	write_lock(&kvm->mmu_lock);
	root = kvm_mmu_get_shadow_page(vcpu, gfn, mmu->root_role);
	root->root_count++;
	write_unlock(&kvm->mmu_lock);
	mmu->root = (hpa_t)__pa(root->spt);
	return 0;
}

static int kvm_mmu_load(struct kvm_vcpu *vcpu)
{
	struct kvm_mmu *mmu = vcpu->arch.mmu;
	int r = kvm_mmu_topup_caches(&vcpu->arch.caches);

	if (r)
		return r;
	if (mmu->root_role.direct && vcpu->kvm->arch.tdp_mmu_enabled)
		mmu->root = kvm_tdp_mmu_get_vcpu_root(vcpu);
	else
		r = mmu_alloc_shadow_root(vcpu);
	if (r)
		return r;
	/*
	 * The page of the root may be that of an older root, and the TLB tells them apart
	 * by their address.  Who zaps an invalid root relies on this flush, too.
	 */
	sim_tlb_flush(vcpu);
	kvm_mmu_sync_roots(vcpu);
	return 0;
}

static void kvm_mmu_free_obsolete_root(struct kvm_vcpu *vcpu, struct kvm_mmu *mmu)
	__must_hold(&vcpu->mutex)
{
	bool obsolete;

	lockdep_assert_held(&vcpu->mutex);
	if (!VALID_PAGE(mmu->root))
		return;
	/* Roots are invalidated under mmu_lock for write */
	read_lock(&vcpu->kvm->mmu_lock);
	obsolete = is_obsolete_root(vcpu->kvm, mmu->root);
	read_unlock(&vcpu->kvm->mmu_lock);
	if (obsolete)
		kvm_mmu_free_root(vcpu, mmu);
}

/**
 * kvm_mmu_reload() - be ready to enter the guest
 * @vcpu: the vCPU
 *
 * Meets what was requested of the vCPU, and finds a root.  Needs vcpu->mutex and
 * kvm->srcu; may sleep.
 *
 * Return: 0; -EFAULT if the guest's tables lie nowhere; -ENOMEM.
 */
int kvm_mmu_reload(struct kvm_vcpu *vcpu)
	__must_hold(&vcpu->mutex)
{
	lockdep_assert_held(&vcpu->mutex);
	if (kvm_check_request(KVM_REQ_MMU_FREE_OBSOLETE_ROOTS, vcpu)) {
		kvm_mmu_free_obsolete_root(vcpu, &vcpu->arch.root_mmu);
		kvm_mmu_free_obsolete_root(vcpu, &vcpu->arch.guest_mmu);
	}
	if (likely(VALID_PAGE(vcpu->arch.mmu->root)))
		return 0;
	return kvm_mmu_load(vcpu);
}

/**
 * kvm_vcpu_enter_nested() - translate for a nested guest from now on
 * @vcpu: the vCPU
 * @pgd: gfn of the root of the tables that the guest keeps for it
 *
 * Needs vcpu->mutex and kvm->srcu.
 */
void kvm_vcpu_enter_nested(struct kvm_vcpu *vcpu, gfn_t pgd)
	__must_hold(&vcpu->mutex)
{
	lockdep_assert_held(&vcpu->mutex);
	if (VALID_PAGE(vcpu->arch.guest_mmu.root) && vcpu->arch.guest_mmu.pgd != pgd)
		kvm_mmu_free_root(vcpu, &vcpu->arch.guest_mmu);
	vcpu->arch.guest_mmu.pgd = pgd;
	vcpu->arch.mmu = &vcpu->arch.guest_mmu;
}

/**
 * kvm_vcpu_leave_nested() - translate for the guest itself from now on
 * @vcpu: the vCPU
 *
 * Needs vcpu->mutex.
 */
void kvm_vcpu_leave_nested(struct kvm_vcpu *vcpu)
	__must_hold(&vcpu->mutex)
{
	lockdep_assert_held(&vcpu->mutex);
	vcpu->arch.mmu = &vcpu->arch.root_mmu;
}
