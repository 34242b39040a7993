// SPDX-License-Identifier: GPL-2.0-only
/*
 * Roots of the TDP MMU.  A root has one reference for each vCPU that uses it, one for
 * each walk that may yield, and one of the TDP MMU itself, which goes when the root is
 * invalidated and has been zapped.  The list is changed under tdp_mmu_pages_lock and
 * read under RCU.
 */
#include "mmu_internal.h"
#include "nx.h"
#include "tdp.h"
#include "vm.h"

static bool kvm_tdp_mmu_get_root(struct kvm_mmu_page *root)
{
	return refcount_inc_not_zero(&root->tdp_mmu_root_count);
}

/**
 * kvm_tdp_mmu_put_root() - drop a reference
 * @kvm: the VM
 * @root: the root
 *
 * The last one can only be that of an invalid root, whose tables are gone.  Needs
 * mmu_lock, in any mode.
 */
void kvm_tdp_mmu_put_root(struct kvm *kvm, struct kvm_mmu_page *root)
	__must_hold_shared(&kvm->mmu_lock)
{
	lockdep_assert_held(&kvm->mmu_lock);
	if (!refcount_dec_and_test(&root->tdp_mmu_root_count))
		return;
	WARN_ON_ONCE(!root->role.invalid || root->tdp_mmu_scheduled_root_to_zap);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	list_del_rcu(&root->link);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	call_rcu(&root->rcu_head, tdp_mmu_free_sp_rcu);
}

/**
 * tdp_mmu_next_root() - the next root of a loop, with a reference
 * @kvm: the VM
 * @prev: the root of the step before, whose reference is dropped; NULL to begin
 * @only_valid: leave out the roots that are on their way out
 *
 * Needs mmu_lock, in any mode.
 *
 * Return: the root, or NULL behind the last one.
 */
struct kvm_mmu_page *tdp_mmu_next_root(struct kvm *kvm, struct kvm_mmu_page *prev,
				       bool only_valid)
	__must_hold_shared(&kvm->mmu_lock)
{
	struct list_head *pos;
	struct kvm_mmu_page *root, *next = NULL;

	lockdep_assert_held(&kvm->mmu_lock);
	/* The reference to @prev keeps it on the list; RCU keeps what comes after it */
	rcu_read_lock();
	pos = prev ? &prev->link : &kvm->arch.tdp_mmu_roots;
	for (pos = READ_ONCE(pos->next); pos != &kvm->arch.tdp_mmu_roots;
	     pos = READ_ONCE(pos->next)) {
		root = list_entry(pos, struct kvm_mmu_page, link);
		if ((!only_valid || !root->role.invalid) && kvm_tdp_mmu_get_root(root)) {
			next = root;
			break;
		}
	}
	rcu_read_unlock();
	if (prev)
		kvm_tdp_mmu_put_root(kvm, prev);
	return next;
}

/* A valid root of that role, with a reference.  The caller has the list to itself. */
static struct kvm_mmu_page *tdp_mmu_find_root(struct kvm *kvm, union kvm_mmu_page_role role)
	__must_hold(&kvm->arch.tdp_mmu_pages_lock)
{
	struct kvm_mmu_page *root;

	lockdep_assert_held(&kvm->arch.tdp_mmu_pages_lock);
	list_for_each_entry(root, &kvm->arch.tdp_mmu_roots, link) {
		if (root->role.word == role.word && kvm_tdp_mmu_get_root(root))
			return root;
	}
	return NULL;
}

/* From here on others find the root, and take references. */
static void tdp_mmu_publish_root(struct kvm *kvm, struct kvm_mmu_page *root)
	__must_hold(&kvm->arch.tdp_mmu_pages_lock)
{
	lockdep_assert_held(&kvm->arch.tdp_mmu_pages_lock);
	list_add_rcu(&root->link, &kvm->arch.tdp_mmu_roots);
}

/**
 * kvm_tdp_mmu_get_vcpu_root() - a root for a vCPU
 * @vcpu: the vCPU, whose caches are full
 *
 * Takes mmu_lock for read and tdp_mmu_pages_lock.
 *
 * Return: its address, with a reference that belongs to the vCPU.
 */
hpa_t kvm_tdp_mmu_get_vcpu_root(struct kvm_vcpu *vcpu)
{
	struct kvm_mmu_caches *caches = &vcpu->arch.caches;
	union kvm_mmu_page_role role = vcpu->arch.mmu->root_role;
	struct kvm *kvm = vcpu->kvm;
	struct kvm_mmu_page *root;

	/* For read: an invalidation of all roots waits, and then has this one too */
	read_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	/* Two vCPUs may both want the first root: the lock lets one of them make it */
	root = tdp_mmu_find_root(kvm, role);
	if (!root) {
		root = kvm_mmu_memory_cache_alloc(&caches->header);
		kvm_mmu_page_init(root, kvm_mmu_memory_cache_alloc(&caches->table), (gfn_t)0, role);
		root->tdp_mmu_page = true;
		/* One for the vCPU, one for the TDP MMU */
		refcount_set(&root->tdp_mmu_root_count, 2);
		tdp_mmu_publish_root(kvm, root);
	}
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	read_unlock(&kvm->mmu_lock);
	return __pa(root->spt);
}

/**
 * kvm_tdp_mmu_invalidate_all_roots() - let no fault map anything in today's roots
 * @kvm: the VM
 *
 * The caller then makes vCPUs drop the roots and calls
 * kvm_tdp_mmu_zap_invalidated_roots().  Needs mmu_lock for write.
 */
void kvm_tdp_mmu_invalidate_all_roots(struct kvm *kvm)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *root;

	lockdep_assert_held_write(&kvm->mmu_lock);
	list_for_each_entry(root, &kvm->arch.tdp_mmu_roots, link) {
		if (root->role.invalid)
			continue;
		root->tdp_mmu_scheduled_root_to_zap = true;
		root->role.invalid = true;
	}
}

/**
 * kvm_tdp_mmu_zap_invalidated_roots() - free what invalid roots map
 * @kvm: the VM
 *
 * No flush: no vCPU enters the guest with an invalid root, and none of their TLBs
 * keeps anything when it takes another root.  Faults may run meanwhile.
 */
void kvm_tdp_mmu_zap_invalidated_roots(struct kvm *kvm)
{
	struct kvm_mmu_page *root;

	read_lock(&kvm->mmu_lock);
	for_each_tdp_mmu_root_yield_safe(kvm, root) {
		if (!READ_ONCE(root->tdp_mmu_scheduled_root_to_zap))
			continue;
		WARN_ON_ONCE(!root->role.invalid);
		/* Two callers may both see the flag: one of them has the reference to drop */
		if (!xchg(&root->tdp_mmu_scheduled_root_to_zap, false))
			continue;
		tdp_mmu_zap_root_read(kvm, root);
		kvm_tdp_mmu_put_root(kvm, root);
	}
	read_unlock(&kvm->mmu_lock);
}
