// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shadow pages: tables that shadow a table of the guest's, and direct ones for VMs
 * without the TDP MMU.  All under mmu_lock for write, except that faults without a lock
 * may walk them.
 */
#include "mmu_internal.h"
#include "memslot.h"
#include "nx.h"
#include "rmap.h"
#include "root.h"
#include "shadow.h"
#include "spte.h"
#include "track.h"
#include "unsync.h"
#include "vm.h"

static struct kvm_mmu_page *kvm_mmu_alloc_shadow_page(struct kvm *kvm,
						      struct kvm_mmu_caches *caches,
						      gfn_t gfn, union kvm_mmu_page_role role)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = kvm_mmu_memory_cache_alloc(&caches->header);

	lockdep_assert_held_write(&kvm->mmu_lock);
	kvm_mmu_page_init(sp, kvm_mmu_memory_cache_alloc(&caches->table), gfn, role);
	if (!role.direct)
		sp->shadowed = kvm_mmu_memory_cache_alloc(&caches->shadowed);
	/* New pages first: kvm_zap_obsolete_pages() comes from the other end */
	sp->mmu_valid_gen = kvm->arch.mmu_valid_gen;
	list_add(&sp->link, &kvm->arch.active_mmu_pages);
	hlist_add_head(&sp->hash_link, kvm_mmu_page_bucket(kvm, gfn));
	if (!role.direct)
		account_shadowed(kvm, sp);
	return sp;
}

/**
 * kvm_mmu_get_shadow_page() - find or make a shadow page
 * @vcpu: whose caches to use
 * @gfn: what it is for
 * @role: what it is
 *
 * Needs mmu_lock for write.
 *
 * Return: the page.
 */
struct kvm_mmu_page *kvm_mmu_get_shadow_page(struct kvm_vcpu *vcpu, gfn_t gfn,
					     union kvm_mmu_page_role role)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	struct kvm *kvm = vcpu->kvm;
	struct kvm_mmu_page *sp;

	lockdep_assert_held_write(&kvm->mmu_lock);
	hlist_for_each_entry(sp, kvm_mmu_page_bucket(kvm, gfn), hash_link) {
		if (sp->gfn != gfn || sp->role.word != role.word || is_obsolete_sp(kvm, sp))
			continue;
		/*
		 * It is used anew, so it must say what the table says now.  It stays out
		 * of sync: the table is still writable for the guest.
		 */
		if (sp->unsync && kvm_sync_page(vcpu, sp))
			kvm_flush_remote_tlbs(kvm);
		return sp;
	}
	return kvm_mmu_alloc_shadow_page(kvm, &vcpu->arch.caches, gfn, role);
}

/*
 * The table for a large page that is split.  It may be there: another table may lead to
 * it, and some of its entries then map already.
 */
static struct kvm_mmu_page *kvm_mmu_get_split_page(struct kvm *kvm, u64 *sptep, gfn_t gfn,
						   u32 access)
	__must_hold(&kvm->mmu_lock)
{
	union kvm_mmu_page_role role = sptep_to_sp(sptep)->role;
	struct kvm_mmu_page *sp;

	lockdep_assert_held_write(&kvm->mmu_lock);
	role.level--;
	role.direct = 1;
	role.access = access;
	hlist_for_each_entry(sp, kvm_mmu_page_bucket(kvm, gfn), hash_link) {
		if (sp->gfn == gfn && sp->role.word == role.word && !is_obsolete_sp(kvm, sp))
			return sp;
	}
	return kvm_mmu_alloc_shadow_page(kvm, &kvm->arch.split_caches, gfn, role);
}

/**
 * kvm_mmu_get_child_sp() - a page to link below an entry
 * @vcpu: whose caches to use
 * @sptep: the entry
 * @gfn: what the page is for
 * @direct: it shadows no table
 * @access: what the entries above allow
 *
 * Needs mmu_lock for write.
 *
 * Return: the page.
 */
struct kvm_mmu_page *kvm_mmu_get_child_sp(struct kvm_vcpu *vcpu, u64 *sptep, gfn_t gfn,
					  bool direct, u32 access)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	union kvm_mmu_page_role role = sptep_to_sp(sptep)->role;

	lockdep_assert_held_write(&vcpu->kvm->mmu_lock);
	role.level--;
	role.direct = direct;
	role.access = access;
	return kvm_mmu_get_shadow_page(vcpu, gfn, role);
}

static void unlink_parent_pte(struct kvm *kvm, struct kvm_mmu_page *sp, u64 *parent_pte)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	pte_list_remove(&sp->parent_ptes, parent_pte);
	WRITE_ONCE(*parent_pte, SHADOW_NONPRESENT_VALUE);
}

/**
 * mmu_page_zap_pte() - empty an entry, whatever it points to
 * @kvm: the VM
 * @sp: its page
 * @sptep: the entry
 *
 * Needs mmu_lock for write.
 *
 * Return: true if a flush is owed before mmu_lock is dropped.
 */
bool mmu_page_zap_pte(struct kvm *kvm, struct kvm_mmu_page *sp, u64 *sptep)
	__must_hold(&kvm->mmu_lock)
{
	u64 spte = READ_ONCE(*sptep);

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!is_shadow_present_pte(spte))
		return false;
	if (is_last_spte(spte, sp->role.level))
		return rmap_drop_spte(kvm, sptep);
	unlink_parent_pte(kvm, spte_to_child_sp(spte), sptep);
	return true;
}

/**
 * link_shadow_page() - put a page below an entry, in place of what is there
 * @kvm: the VM
 * @caches: where the memory for its parents comes from
 * @sptep: the entry
 * @sp: the page
 *
 * Flushes what was there.  Needs mmu_lock for write.
 */
void link_shadow_page(struct kvm *kvm, struct kvm_mmu_caches *caches, u64 *sptep,
		      struct kvm_mmu_page *sp)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	if (mmu_page_zap_pte(kvm, sptep_to_sp(sptep), sptep))
		kvm_flush_remote_tlbs(kvm);
	pte_list_add(caches, &sp->parent_ptes, sptep);
	/* A flush of the guest's must find its way down to what is out of sync */
	if (sp->unsync_children || sp->unsync)
		mark_unsync(kvm, sptep);
	smp_store_release(sptep, make_nonleaf_spte(sp->spt, sp->role.ad_disabled));
}

/**
 * kvm_mmu_split_huge_page() - map with a table what one entry maps
 * @kvm: the VM, whose split_caches are full
 * @slot: the slot of what is mapped
 * @sptep: the large entry
 *
 * Needs slots_lock, for the caches, and mmu_lock for write.
 */
void kvm_mmu_split_huge_page(struct kvm *kvm, struct kvm_memory_slot *slot, u64 *sptep)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = sptep_to_sp(sptep), *child;
	struct kvm_mmu_caches *caches = &kvm->arch.split_caches;
	gfn_t gfn = kvm_mmu_page_get_gfn(sp, sptep - sp->spt);
	u32 access = sp->role.direct ? sp->role.access : sp->shadowed[sptep - sp->spt] & ACC_ALL;
	u64 huge_spte = READ_ONCE(*sptep);
	int i;

	lockdep_assert_held(&kvm->slots_lock);
	lockdep_assert_held_write(&kvm->mmu_lock);
	child = kvm_mmu_get_split_page(kvm, sptep, gfn, access);
	for (i = 0; i < PTES_PER_TABLE; i++) {
		if (is_shadow_present_pte(READ_ONCE(child->spt[i])))
			continue;
		WRITE_ONCE(child->spt[i], make_small_spte(huge_spte, sp->role.level, i,
							  access & ACC_EXEC_MASK));
		rmap_add(kvm, caches, slot, &child->spt[i], gfn + i, access);
	}
	/* A bit that was set meanwhile, W or D, is lost: the next write faults, or sets it */
	link_shadow_page(kvm, caches, sptep, child);
}

/**
 * kvm_mmu_prepare_zap_page() - unlink a shadow page
 * @kvm: the VM
 * @sp: the page
 * @invalid_list: receives it, for kvm_mmu_commit_zap_page(); a page that is the root of
 *		  a vCPU goes there when the vCPU has dropped it
 *
 * Needs mmu_lock for write, and what gfn_to_memslot() needs.
 */
void kvm_mmu_prepare_zap_page(struct kvm *kvm, struct kvm_mmu_page *sp,
			      struct list_head *invalid_list)
	__must_hold(&kvm->mmu_lock)
{
	int i;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for (i = 0; i < PTES_PER_TABLE; i++)
		mmu_page_zap_pte(kvm, sp, &sp->spt[i]);
	while (sp->parent_ptes.list)
		unlink_parent_pte(kvm, sp, sp->parent_ptes.list->sptes[0]);
	if (!sp->role.invalid && !sp->role.direct)
		unaccount_shadowed(kvm, sp);
	if (sp->nx_huge_page_disallowed) {
		sp->nx_huge_page_disallowed = false;
		untrack_possible_nx_huge_page(kvm, sp);
	}
	WRITE_ONCE(sp->unsync, false);

	/* The mark first: who meets the request looks at it */
	sp->role.invalid = true;
	if (!sp->root_count) {
		list_move_tail(&sp->link, invalid_list);
	} else {
		list_del_init(&sp->link);
		kvm_make_all_cpus_request(kvm, KVM_REQ_MMU_FREE_OBSOLETE_ROOTS);
	}
}

/**
 * kvm_mmu_commit_zap_page() - free pages that were unlinked
 * @kvm: the VM
 * @invalid_list: the pages
 *
 * Needs mmu_lock for write.  Flushes first, if there is something to free: then no CPU
 * and no walk without a lock is in the pages any more.
 */
void kvm_mmu_commit_zap_page(struct kvm *kvm, struct list_head *invalid_list)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp, *next;

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (list_empty(invalid_list))
		return;
	kvm_flush_remote_tlbs(kvm);
	list_for_each_entry_safe(sp, next, invalid_list, link) {
		WARN_ON_ONCE(!sp->role.invalid || sp->root_count);
		list_del(&sp->link);
		hlist_del(&sp->hash_link);
		free_page((unsigned long)sp->spt);
		kfree(sp->shadowed);
		kfree(sp);
	}
}

/**
 * kvm_mmu_remote_flush_or_zap() - one flush for pages and for what else was zapped
 * @kvm: the VM
 * @invalid_list: the pages, if any
 * @flush: a flush is owed also without them
 *
 * Needs mmu_lock for write.
 */
void kvm_mmu_remote_flush_or_zap(struct kvm *kvm, struct list_head *invalid_list, bool flush)
	__must_hold(&kvm->mmu_lock)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!list_empty(invalid_list))
		kvm_mmu_commit_zap_page(kvm, invalid_list);
	else if (flush)
		kvm_flush_remote_tlbs(kvm);
}

/**
 * mmu_set_spte() - install the leaf of a fault in the shadow MMU
 * @vcpu: who faulted
 * @sptep: the entry
 * @gfn: of the entry
 * @fault: the fault, with its pfn
 *
 * Needs mmu_lock for write.
 *
 * Return: RET_PF_*
 */
int mmu_set_spte(struct kvm_vcpu *vcpu, u64 *sptep, gfn_t gfn, struct kvm_page_fault *fault)
	__must_hold(&vcpu->kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = sptep_to_sp(sptep);
	u64 old_spte = READ_ONCE(*sptep), new_spte;
	bool rmapped, flush = false, wrprot;
	struct kvm *kvm = vcpu->kvm;
	int level = sp->role.level;

	lockdep_assert_held_write(&kvm->mmu_lock);
	/* An entry that an access put there is worth more than a guess */
	if (is_shadow_present_pte(old_spte) && fault->prefetch)
		return RET_PF_SPURIOUS;
	if (is_shadow_present_pte(old_spte) &&
	    (!is_last_spte(old_spte, level) || spte_to_pfn(old_spte) != fault->pfn)) {
		flush = mmu_page_zap_pte(kvm, sp, sptep);
		old_spte = SHADOW_NONPRESENT_VALUE;
	}
	rmapped = is_shadow_present_pte(old_spte);

	wrprot = make_spte(kvm, fault, sp, gfn, fault->pfn, level, &new_spte);
	if (rmapped)
		flush |= mmu_spte_update(sptep, new_spte);
	else
		WRITE_ONCE(*sptep, new_spte);
	if (!rmapped)
		rmap_add(kvm, &vcpu->arch.caches, fault->slot, sptep, gfn, fault->access);
	if (flush)
		kvm_flush_remote_tlbs_gfn(kvm, gfn, level);
	if (wrprot && fault->write)
		return RET_PF_WRITE_PROTECTED;
	return rmapped && new_spte == old_spte ? RET_PF_SPURIOUS : RET_PF_FIXED;
}

/**
 * mmu_free_root_page_write() - a vCPU drops its root
 * @kvm: the VM
 * @root: the root, of the shadow MMU
 * @invalid_list: receives it, if it was zapped and this was its last user
 *
 * Needs mmu_lock for write.
 */
void mmu_free_root_page_write(struct kvm *kvm, hpa_t root, struct list_head *invalid_list)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp = root_to_sp(root);

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (!--sp->root_count && sp->role.invalid)
		list_add_tail(&sp->link, invalid_list);
}

/**
 * kvm_zap_obsolete_pages() - free the pages of older generations
 * @kvm: the VM
 *
 * They are at the end of the list, as new ones are added at its head.  Needs slots_lock,
 * and mmu_lock for write, which it drops when somebody waits for it.
 */
void kvm_zap_obsolete_pages(struct kvm *kvm)
	__must_hold(&kvm->mmu_lock)
{
	struct kvm_mmu_page *sp;
	LIST_HEAD(invalid_list);

	lockdep_assert_held(&kvm->slots_lock);
	lockdep_assert_held_write(&kvm->mmu_lock);
	while (!list_empty(&kvm->arch.active_mmu_pages)) {
		sp = list_entry(kvm->arch.active_mmu_pages.prev, struct kvm_mmu_page, link);
		if (!is_obsolete_sp(kvm, sp))
			break;
		kvm_mmu_prepare_zap_page(kvm, sp, &invalid_list);
		if (!need_resched() && !rwlock_needbreak(&kvm->mmu_lock))
			continue;
		/* Pages on the list hold translations that nobody would flush otherwise */
		kvm_mmu_commit_zap_page(kvm, &invalid_list);
		cond_resched_rwlock_write(&kvm->mmu_lock);
	}
	kvm_mmu_commit_zap_page(kvm, &invalid_list);
}

/**
 * mmu_first_shadow_root_alloc() - have reverse maps before the first shadow root
 * @kvm: the VM
 *
 * Most VMs never need them.  Needs kvm->srcu, so that the slots stay; slots_arch_lock
 * keeps slots that are being made from missing theirs.
 *
 * Return: 0 or -ENOMEM.
 */
int mmu_first_shadow_root_alloc(struct kvm *kvm)
{
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	int id, r = 0;

	if (kvm_memslots_have_rmaps(kvm))
		return 0;
	mutex_lock(&kvm->slots_arch_lock);
	/* Two vCPUs may both want the first root */
	if (kvm->arch.shadow_root_allocated)
		goto out;
	slots = kvm_memslots(kvm);
	kvm_for_each_memslot(slot, slots, id) {
		/* Nothing is mapped there any more, and the copy goes away */
		if (slot->flags & KVM_MEMSLOT_INVALID)
			continue;
		r = kvm_memslot_alloc_rmap(slot);
		if (r)
			goto out;
	}
	/* Who sees the flag sees the maps.  Pairs with kvm_memslots_have_rmaps(). */
	smp_store_release(&kvm->arch.shadow_root_allocated, true);
out:
	mutex_unlock(&kvm->slots_arch_lock);
	return r;
}
