// SPDX-License-Identifier: GPL-2.0-only
/* VMs and vCPUs: made, taken down, told to flush. */
#include "mmu_internal.h"
#include "memslot.h"
#include "rmap.h"
#include "root.h"
#include "shadow.h"
#include "tdp.h"
#include "vm.h"
#include "zap.h"
#include "sim/sim.h"

/*
 * Who walks shadow pages without mmu_lock says so in vcpu->mode.  A page that was
 * unlinked before the flush can be freed when no vCPU is in such a walk any more.
 * Pairs with walk_shadow_page_lockless_begin().
 */
static void kvm_wait_for_lockless_walks(struct kvm *kvm)
{
	int i;

	smp_mb();
	for (i = 0; i < kvm->nr_vcpus; i++) {
		while (smp_load_acquire(&kvm->vcpus[i]->mode) == READING_SHADOW_PAGE_TABLES)
			cpu_relax();
	}
}

/**
 * kvm_flush_remote_tlbs() - drop all translations of all vCPUs
 * @kvm: the VM
 *
 * When it returns no access goes through a translation from before the call.  Needs no
 * lock; takes those of the CPUs, which are innermost.
 */
void kvm_flush_remote_tlbs(struct kvm *kvm)
{
	int i;

	for (i = 0; i < kvm->nr_vcpus; i++)
		sim_tlb_flush(kvm->vcpus[i]);
	kvm_wait_for_lockless_walks(kvm);
}

static void kvm_flush_remote_tlbs_range(struct kvm *kvm, gfn_t start, u64 pages)
{
	int i;

	for (i = 0; i < kvm->nr_vcpus; i++)
		sim_tlb_flush_range(kvm->vcpus[i], start, start + pages);
	kvm_wait_for_lockless_walks(kvm);
}

/**
 * kvm_flush_remote_tlbs_gfn() - drop the translations of one SPTE
 * @kvm: the VM
 * @gfn: a gfn that it maps
 * @level: of its page table; the flush covers all that an entry there maps
 *
 * As kvm_flush_remote_tlbs().
 */
void kvm_flush_remote_tlbs_gfn(struct kvm *kvm, gfn_t gfn, int level)
{
	u64 pages = KVM_PAGES_PER_HPAGE(level);

	kvm_flush_remote_tlbs_range(kvm, ALIGN_DOWN(gfn, pages), pages);
}

/**
 * kvm_flush_remote_tlbs_memslot() - the flush that dirty logging owes
 * @kvm: the VM
 * @slot: whose translations may still be writable
 *
 * Write protection for the dirty log may be flushed late, after mmu_lock, but not
 * after slots_lock: the next one that harvests the log relies on it.  Needs slots_lock.
 */
void kvm_flush_remote_tlbs_memslot(struct kvm *kvm, const struct kvm_memory_slot *slot)
{
	lockdep_assert_held(&kvm->slots_lock);
	kvm_flush_remote_tlbs_range(kvm, slot->base_gfn, slot->npages);
}

/**
 * kvm_make_all_cpus_request() - ask every vCPU for something
 * @kvm: the VM
 * @req: KVM_REQ_*
 *
 * When it returns no vCPU accesses guest memory before it has met the request.  What
 * the request is about must have been changed before.  Needs no lock but that of what was
 * changed; takes those of the CPUs, which are innermost.
 */
void kvm_make_all_cpus_request(struct kvm *kvm, int req)
{
	int i;

	for (i = 0; i < kvm->nr_vcpus; i++) {
		set_bit(req, &kvm->vcpus[i]->requests);
		sim_cpu_kick(kvm->vcpus[i]);
	}
}

/**
 * kvm_check_request() - meet a request of a vCPU
 * @req: KVM_REQ_*
 * @vcpu: the vCPU
 *
 * Needs vcpu->mutex.
 *
 * Return: true if it was there; it is met by then.
 */
bool kvm_check_request(int req, struct kvm_vcpu *vcpu)
{
	if (!test_bit(req, &vcpu->requests))
		return false;
	clear_bit(req, &vcpu->requests);
	return true;
}

/* A page table is a page of its own: the CPU reads it by its address. */
static void *alloc_table(size_t size)
{
	return (void *)__get_free_page(GFP_KERNEL_ACCOUNT | __GFP_ZERO);
}

static void *alloc_object(size_t size)
{
	return kzalloc(size, GFP_KERNEL_ACCOUNT);
}

static int make_room(struct kvm_mmu_memory_cache *cache, int nr)
{
	void **objects;

	if (nr <= cache->capacity)
		return 0;
	objects = kvcalloc(nr, sizeof(*objects), GFP_KERNEL_ACCOUNT);
	if (!objects)
		return -ENOMEM;
	if (cache->nobjs)
		memcpy(objects, cache->objects, cache->nobjs * sizeof(*objects));
	kvfree(cache->objects);
	cache->objects = objects;
	cache->capacity = nr;
	return 0;
}

static int topup(struct kvm_mmu_memory_cache *cache, int nr, void *(*alloc)(size_t size),
		 size_t size)
{
	if (make_room(cache, nr))
		return -ENOMEM;
	while (cache->nobjs < nr) {
		void *p = alloc(size);

		if (!p)
			return -ENOMEM;
		cache->objects[cache->nobjs++] = p;
	}
	return 0;
}

/**
 * kvm_mmu_topup_caches() - have what one fault may need
 * @caches: to be filled; the caller owns them
 *
 * May sleep: call it before mmu_lock is taken.
 *
 * Return: 0 or -ENOMEM.
 */
int kvm_mmu_topup_caches(struct kvm_mmu_caches *caches)
{
	int nr = 2 * PG_LEVEL_ROOT;

	if (topup(&caches->header, nr, alloc_object, sizeof(struct kvm_mmu_page)) ||
	    topup(&caches->table, nr, alloc_table, PAGE_SIZE) ||
	    topup(&caches->shadowed, nr, alloc_object, PTES_PER_TABLE * sizeof(u64)) ||
	    topup(&caches->desc, 2 * nr, alloc_object, sizeof(struct pte_list_desc)))
		return -ENOMEM;
	return 0;
}

/**
 * kvm_mmu_topup_split_caches() - have what it takes to split a large page
 * @caches: to be filled; the caller owns them
 *
 * In the shadow MMU each of the small pages is a mapping of its own to remember, and the
 * table is one.  May sleep: call it before mmu_lock is taken.
 *
 * Return: 0 or -ENOMEM.
 */
int kvm_mmu_topup_split_caches(struct kvm_mmu_caches *caches)
{
	if (topup(&caches->header, 1, alloc_object, sizeof(struct kvm_mmu_page)) ||
	    topup(&caches->table, 1, alloc_table, PAGE_SIZE) ||
	    topup(&caches->desc, PTES_PER_TABLE + 1, alloc_object,
		  sizeof(struct pte_list_desc)))
		return -ENOMEM;
	return 0;
}

static void drain(struct kvm_mmu_memory_cache *cache, bool pages)
{
	while (cache->nobjs) {
		void *p = cache->objects[--cache->nobjs];

		if (pages)
			free_page((unsigned long)p);
		else
			kfree(p);
	}
	kvfree(cache->objects);
	cache->objects = NULL;
	cache->capacity = 0;
}

/**
 * kvm_mmu_free_caches() - give back what is left
 * @caches: to be emptied; the caller owns them
 *
 * Needs no lock.
 */
void kvm_mmu_free_caches(struct kvm_mmu_caches *caches)
{
	drain(&caches->header, false);
	drain(&caches->table, true);
	drain(&caches->shadowed, false);
	drain(&caches->desc, false);
}

/**
 * kvm_mmu_memory_cache_alloc() - take an object out of a cache
 * @cache: the cache, which kvm_mmu_topup_caches() has filled
 *
 * Does not sleep.  Needs what guards the cache, which is its owner's.
 *
 * Return: the object, zeroed.
 */
void *kvm_mmu_memory_cache_alloc(struct kvm_mmu_memory_cache *cache)
{
	if (WARN_ON_ONCE(!cache->nobjs))
		return NULL;
	return cache->objects[--cache->nobjs];
}

static void kvm_init_locks(struct kvm *kvm)
{
	rwlock_init(&kvm->mmu_lock);
	mutex_init(&kvm->slots_lock);
	mutex_init(&kvm->slots_arch_lock);
	spin_lock_init(&kvm->mn_invalidate_lock);
	spin_lock_init(&kvm->gpc_lock);
	spin_lock_init(&kvm->arch.mmu_unsync_pages_lock);
	spin_lock_init(&kvm->arch.tdp_mmu_pages_lock);
}

/**
 * kvm_create_vm() - a VM without memory
 * @mm: the host's mapping that its slots refer to; must outlive it
 * @flags: KVM_VM_*
 *
 * Takes mmap_lock of the host; may sleep.
 *
 * Return: the VM, or NULL for want of memory.
 */
struct kvm *kvm_create_vm(struct host_mm *mm, unsigned int flags)
{
	struct kvm *kvm = kvcalloc(1, sizeof(*kvm), GFP_KERNEL_ACCOUNT);
	int i;

	if (!kvm)
		return NULL;
	if (init_srcu_struct(&kvm->srcu)) {
		kvfree(kvm);
		return NULL;
	}
	kvm_init_locks(kvm);
	kvm->mm = mm;
	kvm->arch.tdp_mmu_enabled = flags & KVM_VM_TDP;
	kvm->arch.ad_enabled = flags & KVM_VM_AD_BITS;
	kvm->arch.nx_huge_pages = flags & KVM_VM_NX_HUGE_PAGES;
	INIT_LIST_HEAD(&kvm->gpc_list);
	INIT_LIST_HEAD(&kvm->arch.active_mmu_pages);
	INIT_LIST_HEAD(&kvm->arch.tdp_mmu_roots);
	INIT_LIST_HEAD(&kvm->arch.possible_nx_huge_pages);
	for (i = 0; i < KVM_NUM_MMU_PAGES; i++)
		INIT_HLIST_HEAD(&kvm->arch.mmu_page_hash[i]);
	RCU_INIT_POINTER(kvm->memslots, &kvm->__memslots[0]);
	refcount_set(&kvm->users_count, 1);
	host_mm_attach(mm, kvm);
	return kvm;
}

/**
 * kvm_create_vcpu() - add a vCPU
 * @kvm: the VM, of which no vCPU runs yet
 *
 * Nobody else changes the VM: needs no lock; may sleep.
 *
 * Return: the vCPU, or NULL: too many, or no memory.
 */
struct kvm_vcpu *kvm_create_vcpu(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu;

	if (kvm->nr_vcpus == KVM_MAX_VCPUS)
		return NULL;
	vcpu = kvcalloc(1, sizeof(*vcpu), GFP_KERNEL_ACCOUNT);
	if (!vcpu)
		return NULL;
	vcpu->kvm = kvm;
	vcpu->vcpu_id = kvm->nr_vcpus;
	mutex_init(&vcpu->mutex);
	sim_cpu_init(&vcpu->cpu);
	kvm_init_mmu(vcpu);
	kvm->vcpus[kvm->nr_vcpus++] = vcpu;
	return vcpu;
}

/* All roots go before any vCPU does: to drop one may flush the TLBs of all. */
static void kvm_destroy_vcpus(struct kvm *kvm)
{
	int i;

	for (i = 0; i < kvm->nr_vcpus; i++) {
		mutex_lock(&kvm->vcpus[i]->mutex);
		kvm_mmu_unload(kvm->vcpus[i]);
		mutex_unlock(&kvm->vcpus[i]->mutex);
	}
	for (i = 0; i < kvm->nr_vcpus; i++) {
		kvm_mmu_free_caches(&kvm->vcpus[i]->arch.caches);
		kvfree(kvm->vcpus[i]);
	}
	kvm->nr_vcpus = 0;
}

/* Nobody is left who could change the memslots, or run a vCPU. */
static void kvm_destroy_vm(struct kvm *kvm)
{
	host_mm_detach(kvm->mm);
	WARN_ON_ONCE(!list_empty(&kvm->gpc_list));
	kvm_mmu_zap_all(kvm);
	kvm_destroy_vcpus(kvm);
	kvm_tdp_mmu_zap_invalidated_roots(kvm);
	/* Roots and tables are freed by callbacks that look at nothing but themselves */
	rcu_barrier();
	WARN_ON_ONCE(!list_empty(&kvm->arch.tdp_mmu_roots));
	WARN_ON_ONCE(!list_empty(&kvm->arch.active_mmu_pages));
	WARN_ON_ONCE(!list_empty(&kvm->arch.possible_nx_huge_pages));
	WARN_ON_ONCE(atomic_long_read(&kvm->arch.tdp_mmu_pages));
	WARN_ON_ONCE(kvm->arch.indirect_shadow_pages);
	kvm_free_memslots(kvm);
	kvm_mmu_free_caches(&kvm->arch.split_caches);
	cleanup_srcu_struct(&kvm->srcu);
	kvfree(kvm);
}

/**
 * kvm_put_kvm() - drop a reference to a VM
 * @kvm: the VM; the last reference takes it down
 *
 * Called with no lock held; may sleep.
 */
void kvm_put_kvm(struct kvm *kvm)
{
	if (refcount_dec_and_test(&kvm->users_count))
		kvm_destroy_vm(kvm);
}
