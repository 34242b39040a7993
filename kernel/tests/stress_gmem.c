// SPDX-License-Identifier: GPL-2.0-only
/* Guest memory out of the direct map, under stress: accesses, caches, and holes. */
#include "test.h"
#include "stress.h"
#include "../gmem.h"
#include "../memslot.h"

#define GMEM_GFN	(TEST_GFN + 0x1000)
#define GMEM_PAGES	8
#define GMEM_CACHED	2	/* the first pages have caches on them */

static gpa_t gmem_gpa(unsigned long page)
{
	return (GMEM_GFN + page) << PAGE_SHIFT;
}

/* What a page holds: nothing, or its number and the epoch in which that was written. */
#define ANY_EPOCH	0xffffffull

static u64 gmem_value(unsigned long page, u64 epoch)
{
	return epoch << 8 | (1 + page);
}

static void gmem_check_value(struct world *w, unsigned long page, u64 value, u32 done)
{
	if (!value)
		return;
	if ((value & 0xff) != 1 + page)
		stress_wrong(w, "an access to gmem saw another page");
	else if (value >> 8 < done)
		stress_wrong(w, "an access to gmem saw a page that was gone before it began");
}

static void gmem_read(struct worker *me, unsigned long page, bool guest)
{
	u32 done = smp_load_acquire(&me->w->epochs->done[page]);
	struct kvm *kvm = me->w->vm.kvm;
	u64 value = 0;
	int r;

	if (guest)
		r = sim_read(me->vcpu, gmem_gpa(page), &value);
	else
		WITH_SRCU(kvm, r = kvm_read_guest_private(kvm, gmem_gpa(page), &value, 8));
	if (r)
		stress_wrong(me->w, "an access to gmem failed");
	gmem_check_value(me->w, page, value, done);
}

static void gmem_write(struct worker *me, unsigned long page, bool guest, u64 value)
{
	struct kvm *kvm = me->w->vm.kvm;
	int r;

	if (guest)
		r = sim_write(me->vcpu, gmem_gpa(page), value);
	else
		WITH_SRCU(kvm, r = kvm_write_guest_private(kvm, gmem_gpa(page), &value, 8));
	if (r)
		stress_wrong(me->w, "an access to gmem failed");
}

static void step_gmem_access(struct worker *me)
{
	unsigned long page = test_random(&me->random) % GMEM_PAGES;
	u32 what = test_random(&me->random);
	/* what the guest writes while a cache reads it is the guest's affair: word by word */
	bool guest = page < GMEM_CACHED || what & 1;

	if (what & 2) {
		gmem_read(me, page, what & 1);
	} else if (what & 4) {
		/* Into a hole that is being punched: this must not be known as older */
		gmem_write(me, page, guest, gmem_value(page, ANY_EPOCH));
	} else {
		down_read(&me->w->quiet);
		gmem_write(me, page, guest, gmem_value(page, me->w->epochs->next[page]));
		up_read(&me->w->quiet);
	}
	atomic_inc(&me->w->accesses);
}

/* Two of these are on the same pages. */
static void step_gmem_cache(struct worker *me)
{
	unsigned long page = test_random(&me->random) % GMEM_CACHED;

	if (stress_cache(me, gmem_gpa(page), page, gmem_check_value))
		stress_wrong(me->w, "a cache could not be used");
}

static void step_gmem_hole(struct worker *me)
{
	unsigned long page = test_random(&me->random) % (GMEM_PAGES - 1);
	struct epochs *e = me->w->epochs;
	struct kvm *kvm = me->w->vm.kvm;
	unsigned long i;
	int r;

	down_write(&me->w->quiet);
	for (i = page; i < page + 2; i++)
		e->next[i]++;
	WITH_SRCU(kvm, r = gmem_punch_hole(me->w->gmem, kvm, page, 2));
	if (r)
		stress_wrong(me->w, "a hole could not be punched");
	for (i = page; i < page + 2; i++)
		smp_store_release(&e->done[i], e->next[i]);
	up_write(&me->w->quiet);
}

/* Nobody needs a page in the direct map any more: none is, and none is counted. */
static void gmem_check(struct test *t, struct gmem *gmem)
{
	int i;

	down_read(&gmem->invalidate_lock);
	for (i = 0; i < GMEM_PAGES; i++) {
		struct folio *folio = gmem->folios[i];

		if (!folio)
			continue;
		folio_lock(folio);
		EXPECT(t, gmem_folio_maps(folio) == 0);
		EXPECT(t, !platform_direct_map_present(folio));
		folio_unlock(folio);
	}
	up_read(&gmem->invalidate_lock);
}

void stress_gmem(struct test *t)
{
	struct worker workers[4] = { { .step = step_gmem_access }, { .step = step_gmem_cache },
				     { .step = step_gmem_cache }, { .step = step_gmem_hole } };
	struct kvm_userspace_memory_region mem = { .slot = 1, .base_gfn = GMEM_GFN,
						   .npages = GMEM_PAGES };
	struct world w;

	if (!stress_create(t, &w, KVM_VM_TDP | KVM_VM_AD_BITS, 1))
		return;
	w.gmem = mem.gmem = gmem_create(GMEM_PAGES, true);
	EXPECT(t, w.gmem && kvm_set_memory_region(w.vm.kvm, &mem) == 0);
	workers[0].vcpu = w.vm.vcpu[0];
	stress_run(t, &w, workers, 4);
	gmem_check(t, w.gmem);
	stress_destroy(t, &w);
	EXPECT(t, gmem_destroy(w.gmem) == 0);
}
