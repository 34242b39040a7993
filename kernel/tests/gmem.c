// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "../gmem.h"
#include "../memslot.h"
#include "../pfncache.h"

/* Slot 1 of the VM: 16 pages of gmem */
#define GMEM_GFN	(TEST_GFN + 0x1000)
#define GMEM_PAGES	16

struct gmem_vm {
	struct test_vm vm;
	struct gmem *gmem;
};

static gpa_t gmem_gpa(unsigned long page)
{
	return (GMEM_GFN + page) << PAGE_SHIFT;
}

static bool gmem_vm_create(struct test *t, struct gmem_vm *g)
{
	struct kvm_userspace_memory_region mem = {
		.slot = 1,
		.base_gfn = GMEM_GFN,
		.npages = GMEM_PAGES,
	};

	if (!test_vm_create(t, &g->vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 2))
		return false;
	g->gmem = mem.gmem = gmem_create(GMEM_PAGES, true);
	EXPECT(t, g->gmem);
	EXPECT(t, kvm_set_memory_region(g->vm.kvm, &mem) == 0);
	return true;
}

static void gmem_vm_destroy(struct test *t, struct gmem_vm *g)
{
	test_vm_destroy(t, &g->vm);
	EXPECT(t, gmem_destroy(g->gmem) == 0);
}

/* The folio of a page; only for looking at. */
static struct folio *folio_of(struct gmem_vm *g, unsigned long page)
{
	struct folio *folio;

	down_read(&g->gmem->invalidate_lock);
	folio = g->gmem->folios[page];
	up_read(&g->gmem->invalidate_lock);
	return folio;
}

static bool present(struct gmem_vm *g, unsigned long page)
{
	return platform_direct_map_present(folio_of(g, page));
}

static int read_private(struct gmem_vm *g, unsigned long page, u64 *value)
{
	int r;

	WITH_SRCU(g->vm.kvm, r = kvm_read_guest_private(g->vm.kvm, gmem_gpa(page), value, 8));
	return r;
}

static int write_private(struct gmem_vm *g, unsigned long page, u64 value)
{
	int r;

	WITH_SRCU(g->vm.kvm, r = kvm_write_guest_private(g->vm.kvm, gmem_gpa(page), &value, 8));
	return r;
}

static void guest_and_host_share_it(struct test *t)
{
	struct gmem_vm g;
	u64 value = 0;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	EXPECT(t, !present(&g, 3));
	EXPECT(t, read_private(&g, 3, &value) == 0 && value == 42);
	EXPECT(t, write_private(&g, 3, 43) == 0);
	EXPECT(t, !present(&g, 3));
	EXPECT(t, sim_read(g.vm.vcpu[1], gmem_gpa(3), &value) == 0 && value == 43);
	WITH_SRCU(g.vm.kvm, EXPECT(t, kvm_read_guest_private(g.vm.kvm, test_gpa(0), &value, 8) ==
				   -EFAULT);
		  EXPECT(t, kvm_read_guest_private(g.vm.kvm, gmem_gpa(0) + 4092, &value, 8) ==
			 -EFAULT));
	gmem_vm_destroy(t, &g);
}

static void hole_is_zero_again(struct test *t)
{
	struct gmem_vm g;
	u64 value = 1;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	WITH_SRCU(g.vm.kvm, EXPECT(t, gmem_punch_hole(g.gmem, g.vm.kvm, 2, 4) == 0));
	EXPECT(t, sim_read(g.vm.vcpu[0], gmem_gpa(3), &value) == 0 && value == 0);
	EXPECT(t, g.vm.kvm->mmu_invalidate_in_progress == 0);
	gmem_vm_destroy(t, &g);
}

static int gpc_read(struct gfn_to_pfn_cache *gpc, u64 *value)
{
	struct kvm *kvm = gpc->kvm;
	int idx = srcu_read_lock(&kvm->srcu), r = 0;

	read_lock_irq(&gpc->lock);
	while (!kvm_gpc_check(gpc)) {
		read_unlock_irq(&gpc->lock);
		r = kvm_gpc_refresh(gpc);
		if (r)
			goto out;
		read_lock_irq(&gpc->lock);
	}
	*value = READ_ONCE(*(u64 *)gpc->khva);
	read_unlock_irq(&gpc->lock);
out:
	srcu_read_unlock(&kvm->srcu, idx);
	return r;
}

static int activate(struct gmem_vm *g, struct gfn_to_pfn_cache *gpc, gpa_t gpa)
{
	int r;

	kvm_gpc_init(gpc, g->vm.kvm);
	WITH_SRCU(g->vm.kvm, r = kvm_gpc_activate(gpc, gpa));
	return r;
}

static void cache_follows_ordinary_memory(struct test *t)
{
	struct gfn_to_pfn_cache gpc;
	struct gmem_vm g;
	u64 value = 0;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], test_gpa(3), 42) == 0);
	EXPECT(t, activate(&g, &gpc, test_gpa(3)) == 0);
	EXPECT(t, gpc_read(&gpc, &value) == 0 && value == 42);
	host_mm_unmap(g.vm.mm, 3, 1);
	EXPECT(t, gpc_read(&gpc, &value) == 0 && value == 0);
	EXPECT(t, kvm_gpc_deactivate(&gpc) == 0);
	WITH_SRCU(g.vm.kvm, EXPECT(t, kvm_gpc_refresh(&gpc) == -EINVAL));
	gmem_vm_destroy(t, &g);
}

/* Two caches on one page: the first that goes must not take it from the second. */
static void caches_share_a_page(struct test *t)
{
	struct gfn_to_pfn_cache a, b;
	struct gmem_vm g;
	u64 value = 0;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	EXPECT(t, activate(&g, &a, gmem_gpa(3)) == 0);
	EXPECT(t, activate(&g, &b, gmem_gpa(3)) == 0);
	EXPECT(t, present(&g, 3));
	/* an access in between leaves it where the caches need it */
	EXPECT(t, read_private(&g, 3, &value) == 0 && value == 42);
	EXPECT(t, present(&g, 3));
	EXPECT(t, kvm_gpc_deactivate(&a) == 0);
	EXPECT(t, present(&g, 3));
	EXPECT(t, gpc_read(&b, &value) == 0 && value == 42);
	EXPECT(t, kvm_gpc_deactivate(&b) == 0);
	EXPECT(t, !present(&g, 3));
	gmem_vm_destroy(t, &g);
}

static void cache_is_refreshed_after_a_hole(struct test *t)
{
	struct gfn_to_pfn_cache a;
	struct gmem_vm g;
	u64 value = 1;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	EXPECT(t, activate(&g, &a, gmem_gpa(3)) == 0);
	WITH_SRCU(g.vm.kvm, EXPECT(t, gmem_punch_hole(g.gmem, g.vm.kvm, 0, 8) == 0));
	EXPECT(t, gpc_read(&a, &value) == 0 && value == 0);
	EXPECT(t, write_private(&g, 3, 44) == 0);
	EXPECT(t, gpc_read(&a, &value) == 0 && value == 44);
	EXPECT(t, kvm_gpc_deactivate(&a) == 0);
	gmem_vm_destroy(t, &g);
}

static void cache_dies_with_its_slot(struct test *t)
{
	struct kvm_userspace_memory_region mem = { .slot = 1 };
	struct gfn_to_pfn_cache a;
	struct gmem_vm g;
	u64 value = 1;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, activate(&g, &a, gmem_gpa(3)) == 0);
	EXPECT(t, kvm_set_memory_region(g.vm.kvm, &mem) == 0);
	EXPECT(t, gpc_read(&a, &value) == -EFAULT);
	EXPECT(t, !present(&g, 3));
	EXPECT(t, kvm_gpc_deactivate(&a) == 0);
	gmem_vm_destroy(t, &g);
}

/* The page cannot be put back: the access fails, and nothing else has changed. */
static void restore_fails(struct test *t)
{
	struct gfn_to_pfn_cache a;
	struct gmem_vm g;
	u64 value = 0;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	platform_direct_map_fail(-1, 0);
	EXPECT(t, read_private(&g, 3, &value) == -ENOMEM);
	EXPECT(t, !present(&g, 3));
	platform_direct_map_fail(-1, 0);
	EXPECT(t, activate(&g, &a, gmem_gpa(3)) == -ENOMEM);
	EXPECT(t, !present(&g, 3));
	EXPECT(t, gpc_read(&a, &value) == 0 && value == 42);
	EXPECT(t, kvm_gpc_deactivate(&a) == 0);
	/* nor can it be given away with a hole in the direct map */
	platform_direct_map_fail(-1, 0);
	WITH_SRCU(g.vm.kvm, EXPECT(t, gmem_punch_hole(g.gmem, g.vm.kvm, 3, 1) == -ENOMEM));
	EXPECT(t, sim_read(g.vm.vcpu[0], gmem_gpa(3), &value) == 0 && value == 42);
	gmem_vm_destroy(t, &g);
}

/* The page cannot be taken out again: the caller is told, and the next one does it. */
static void zap_fails(struct test *t)
{
	struct gfn_to_pfn_cache a;
	struct gmem_vm g;
	u64 value = 0;

	if (!gmem_vm_create(t, &g))
		return;
	platform_direct_map_fail(0, -1);
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == -ENOENT);
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	platform_direct_map_fail(0, -1);
	EXPECT(t, read_private(&g, 3, &value) == -ENOMEM);
	EXPECT(t, present(&g, 3));
	EXPECT(t, read_private(&g, 3, &value) == 0 && value == 42);
	EXPECT(t, !present(&g, 3));
	EXPECT(t, activate(&g, &a, gmem_gpa(3)) == 0);
	platform_direct_map_fail(0, -1);
	EXPECT(t, kvm_gpc_deactivate(&a) == -ENOMEM);
	EXPECT(t, present(&g, 3));
	EXPECT(t, write_private(&g, 3, 43) == 0);
	EXPECT(t, !present(&g, 3));
	gmem_vm_destroy(t, &g);
}

/* A cache goes to another page, and the one that it leaves cannot be taken out. */
static void zap_fails_in_a_refresh(struct test *t)
{
	struct gfn_to_pfn_cache a;
	struct gmem_vm g;
	u64 value = 0;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(4), 43) == 0);
	EXPECT(t, activate(&g, &a, gmem_gpa(3)) == 0);
	platform_direct_map_fail(0, -1);
	WITH_SRCU(g.vm.kvm, EXPECT(t, kvm_gpc_activate(&a, gmem_gpa(4)) == -ENOMEM));
	EXPECT(t, present(&g, 3));
	EXPECT(t, gpc_read(&a, &value) == 0 && value == 43);
	EXPECT(t, kvm_gpc_deactivate(&a) == 0);
	EXPECT(t, read_private(&g, 3, &value) == 0 && value == 42);
	EXPECT(t, !present(&g, 3));
	gmem_vm_destroy(t, &g);
}

/* Memory that cannot be freed is still there, and can be freed later. */
static void destroy_fails(struct test *t)
{
	struct gmem_vm g;

	if (!gmem_vm_create(t, &g))
		return;
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == 0);
	test_vm_destroy(t, &g.vm);
	platform_direct_map_fail(-1, 0);
	EXPECT(t, gmem_destroy(g.gmem) == -ENOMEM);
	EXPECT(t, !present(&g, 3));
	EXPECT(t, gmem_destroy(g.gmem) == 0);
}

/* There is no page for the memory: who wants one is told, and nothing is left behind. */
static void no_page_is_left(struct test *t)
{
	int nr = platform_free_folios(), i;
	struct folio **folios = kvcalloc(nr, sizeof(*folios), GFP_KERNEL);
	struct gfn_to_pfn_cache a;
	struct gmem_vm g;
	u64 value = 0;

	EXPECT(t, folios);
	if (!folios || !gmem_vm_create(t, &g))
		goto out;
	/* the vCPU has its root and its tables */
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(0), 42) == 0);
	for (i = 0; i < nr; i++)
		folios[i] = platform_alloc_folio();
	EXPECT(t, !folios[nr - 1] && !platform_free_folios());
	EXPECT(t, sim_write(g.vm.vcpu[0], gmem_gpa(3), 42) == -ENOENT);
	EXPECT(t, read_private(&g, 3, &value) == -ENOMEM);
	EXPECT(t, activate(&g, &a, gmem_gpa(3)) == -EFAULT);
	EXPECT(t, !folio_of(&g, 3));
	for (i = 0; i < nr; i++) {
		if (folios[i])
			folio_put(folios[i]);
	}
	EXPECT(t, gpc_read(&a, &value) == 0 && value == 0);
	EXPECT(t, kvm_gpc_deactivate(&a) == 0);
	gmem_vm_destroy(t, &g);
out:
	kvfree(folios);
}

static const struct test_case cases[] = {
	{ "guest_and_host_share_it", guest_and_host_share_it },
	{ "hole_is_zero_again", hole_is_zero_again },
	{ "cache_follows_ordinary_memory", cache_follows_ordinary_memory },
	{ "caches_share_a_page", caches_share_a_page },
	{ "cache_is_refreshed_after_a_hole", cache_is_refreshed_after_a_hole },
	{ "cache_dies_with_its_slot", cache_dies_with_its_slot },
	{ "restore_fails", restore_fails },
	{ "zap_fails", zap_fails },
	{ "zap_fails_in_a_refresh", zap_fails_in_a_refresh },
	{ "destroy_fails", destroy_fails },
	{ "no_page_is_left", no_page_is_left },
	{ }
};

const struct test_suite gmem_suite = { "gmem", cases };
