// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything at once, for a while.  What must hold at each moment:
 *
 * - No access sees a page that was taken away before the access began.  Each page of the
 *   host is stamped with its index and with the epoch in which it was made; who takes a
 *   page away raises the epoch, and says so when it is done.
 * - No write is lost, or goes to another page: what a vCPU has written to a page it reads
 *   there, unless the page was taken away since.
 * - No write is missed by the dirty log: who copies what the log says ends up with the
 *   same memory.
 * - Translations of the nested guest are what the guest's tables say, after a flush.
 * - The direct map has a page for as long as a cache needs it, and no longer.
 */
#include "test.h"
#include "stress.h"
#include "../dirty.h"
#include "../invalidate.h"
#include "../nx.h"
#include "../pfncache.h"
#include "../zap.h"

static void stamp_page(struct host_mm *mm, unsigned long index, void *page)
{
	struct epochs *e = mm->private;

	*(u64 *)(page + STAMP_OFFSET) = (u64)index << 32 | READ_ONCE(e->next[index]);
}

void stress_wrong(struct world *w, const char *what)
{
	if (atomic_inc_return(&w->errors) == 1)
		pr_info("# stress: %s\n", what);
}

static int work(void *data)
{
	struct worker *me = data;

	while (!READ_ONCE(me->w->stop)) {
		me->step(me);
		cond_resched();
	}
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

void stress_run(struct test *t, struct world *w, struct worker *workers, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		workers[i].w = w;
		workers[i].random = 12345 + i;
		workers[i].task = kthread_run(work, &workers[i], "stress/%d", i);
		EXPECT(t, !IS_ERR(workers[i].task));
	}
	for (i = 0; i < 100 * t->seconds && !atomic_read(&w->errors); i++)
		test_msleep(10);
	WRITE_ONCE(w->stop, 1);
	for (i = 0; i < nr; i++)
		kthread_stop(workers[i].task);
	EXPECT(t, atomic_read(&w->errors) == 0);
	EXPECT(t, atomic_read(&w->accesses) > 0);
}

int stress_cache(struct worker *me, gpa_t gpa, unsigned long page,
		 void (*check)(struct world *w, unsigned long page, u64 value, u32 done))
{
	struct kvm *kvm = me->w->vm.kvm;
	struct gfn_to_pfn_cache gpc;
	int idx, i, r, e;
	u32 done;

	kvm_gpc_init(&gpc, kvm);
	idx = srcu_read_lock(&kvm->srcu);
	r = kvm_gpc_activate(&gpc, gpa);
	for (i = 0; i < 32 && !r; i++) {
		done = smp_load_acquire(&me->w->epochs->done[page]);
		read_lock_irq(&gpc.lock);
		if (kvm_gpc_check(&gpc)) {
			check(me->w, page, READ_ONCE(*(u64 *)(gpc.khva + (gpa & ~PAGE_MASK))),
			      done);
			read_unlock_irq(&gpc.lock);
			cond_resched();
			continue;
		}
		read_unlock_irq(&gpc.lock);
		r = kvm_gpc_refresh(&gpc);
	}
	srcu_read_unlock(&kvm->srcu, idx);
	e = kvm_gpc_deactivate(&gpc);
	return r ? r : e;
}

bool stress_create(struct test *t, struct world *w, unsigned int flags, int nr_vcpus)
{
	memset(w, 0, sizeof(*w));
	w->t = t;
	init_rwsem(&w->quiet);
	w->epochs = kvcalloc(1, sizeof(*w->epochs), GFP_KERNEL);
	if (!w->epochs || !test_vm_create(t, &w->vm, flags, PAGES, nr_vcpus)) {
		kvfree(w->epochs);
		return false;
	}
	w->vm.mm->private = w->epochs;
	w->vm.mm->new_page = stamp_page;
	return true;
}

void stress_destroy(struct test *t, struct world *w)
{
	struct kvm *kvm = w->vm.kvm;

	EXPECT(t, kvm->mmu_invalidate_in_progress == 0);
	EXPECT(t, kvm->mn_active_invalidate_count == 0);
	test_vm_destroy(t, &w->vm);
	kvfree(w->epochs);
}

/* ---- memory that comes and goes ---- */

/* Each page has a word that is its index or nothing, and one for each vCPU. */
static gpa_t word_of(const struct worker *me, unsigned long index)
{
	return test_gpa(index) + 8 * (1 + me->vcpu->vcpu_id);
}

static int write_page(struct worker *me, unsigned long index)
{
	struct written *last = &me->written[index];
	u32 epoch = smp_load_acquire(&me->w->epochs->done[index]);
	int r = sim_write(me->vcpu, test_gpa(index), index);

	if (!r)
		r = sim_write(me->vcpu, word_of(me, index), last->value + 1);
	if (!r)
		*last = (struct written) { .value = last->value + 1, .epoch = epoch };
	return r;
}

/* Is what this vCPU wrote last still there; -ENOENT if the slot is away just now. */
static int check_written(struct worker *me, unsigned long index)
{
	const struct written *last = &me->written[index];
	u64 common, own;
	int r;

	r = sim_read(me->vcpu, test_gpa(index), &common);
	if (!r)
		r = sim_read(me->vcpu, word_of(me, index), &own);
	if (r)
		return r;
	if (common && common != index)
		stress_wrong(me->w, "a write went to the page of another address");
	/* Nobody was about to take it away by then, and nobody has begun to since */
	if (last->value && READ_ONCE(me->w->epochs->next[index]) == last->epoch &&
	    own != last->value)
		stress_wrong(me->w, "a write was lost");
	return 0;
}

/*
 * Most of what is done is done to few pages, apart from each other: what is in a TLB is
 * soon taken away, and what was taken away is soon accessed.
 */
static unsigned long some_page(struct worker *me)
{
	if (test_random(&me->random) % 4)
		return test_random(&me->random) % 8 * 129;
	return test_random(&me->random) % PAGES;
}

/* Is @stamp that of the page, and not of one that was gone when @done was read. */
static void check_stamp(struct world *w, unsigned long index, u64 stamp, u32 done)
{
	if (stamp >> 32 != index)
		stress_wrong(w, "an access saw the page of another address");
	else if ((u32)stamp < done)
		stress_wrong(w, "an access saw a page that was gone before it began");
}

static void step_access(struct worker *me)
{
	struct world *w = me->w;
	unsigned long index = some_page(me);
	u32 done = smp_load_acquire(&w->epochs->done[index]);
	u64 stamp = 0;
	int r;

	if (test_random(&me->random) % 4 == 0)
		r = write_page(me, index);
	else
		r = sim_exec(me->vcpu, test_gpa(index));
	if (!r)
		r = sim_read(me->vcpu, test_gpa(index) + STAMP_OFFSET, &stamp);
	if (!r)
		r = check_written(me, index);
	atomic_inc(&w->accesses);
	/* the slot may be away just now */
	if (r == -ENOENT)
		return;
	if (r)
		stress_wrong(w, "an access failed");
	else
		check_stamp(w, index, stamp, done);
}

/* A cache may be used only for what an access may see. */
static void step_cache(struct worker *me)
{
	unsigned long index = some_page(me);
	int r = stress_cache(me, test_gpa(index) + STAMP_OFFSET, index, check_stamp);

	/* the slot may be away just now */
	if (r && r != -EFAULT)
		stress_wrong(me->w, "a cache could not be used");
}

static void raise_epoch(struct world *w, unsigned long first, unsigned long nr)
{
	unsigned long i;

	for (i = first; i < first + nr; i++)
		WRITE_ONCE(w->epochs->next[i], w->epochs->next[i] + 1);
}

static void epoch_done(struct world *w, unsigned long first, unsigned long nr)
{
	unsigned long i;

	for (i = first; i < first + nr; i++)
		smp_store_release(&w->epochs->done[i], READ_ONCE(w->epochs->next[i]));
}

/*
 * Take pages away, and look for the last of them with a vCPU that had it in its TLB: those
 * before it may be flushed already when the zap yields.
 */
static void unmap_and_look(struct worker *me, unsigned long first, unsigned long nr)
{
	unsigned long last = first + nr - 1;
	struct world *w = me->w;
	u64 stamp;

	sim_read(me->vcpu, test_gpa(last) + STAMP_OFFSET, &stamp);
	raise_epoch(w, first, nr);
	host_mm_unmap(w->vm.mm, first, nr);
	epoch_done(w, first, nr);
	/* unless the slot is away just now */
	if (!sim_read(me->vcpu, test_gpa(last) + STAMP_OFFSET, &stamp))
		check_stamp(w, last, stamp, w->epochs->done[last]);
}

/* The only one who takes pages away; @vcpu is its own. */
static void step_host(struct worker *me)
{
	struct world *w = me->w;
	unsigned long nr = 1 + test_random(&me->random) % 32;
	unsigned long first = some_page(me);
	hva_t hva;

	first -= min(first, nr / 2);

	if (first + nr > PAGES)
		nr = PAGES - first;
	switch (test_random(&me->random) % 6) {
	case 0:
		first = first < 512 ? 0 : 512;
		nr = 512;
		raise_epoch(w, first, nr);
		if (!host_mm_make_huge(w->vm.mm, first))
			epoch_done(w, first, nr);
		break;
	case 1:
		host_mm_wrprotect(w->vm.mm, first, nr);
		break;
	case 2:
		hva = w->vm.mm->base + first * PAGE_SIZE;
		kvm_mmu_notifier_clear_young(w->vm.kvm, hva, hva + nr * PAGE_SIZE);
		break;
	default:
		unmap_and_look(me, first, nr);
	}
}

/* Slots, roots, policies; @vcpu is its own. */
static void step_admin(struct worker *me)
{
	struct world *w = me->w;
	u64 value;

	switch (test_random(&me->random) % 6) {
	case 0:
		/* Known to the TLB when it goes, and not flushed by a yield of the zap */
		sim_read(me->vcpu, test_gpa(PAGES - 1), &value);
		if (test_set_slot(&w->vm, 0, 0, 0, 0, 0))
			stress_wrong(w, "a slot could not be deleted");
		if (sim_read(me->vcpu, test_gpa(PAGES - 1), &value) != -ENOENT)
			stress_wrong(w, "a deleted slot was read");
		if (test_set_slot(&w->vm, 0, TEST_GFN, PAGES, 0, 0))
			stress_wrong(w, "a slot could not be created");
		break;
	case 1:
		if (test_set_slot(&w->vm, 0, TEST_GFN + 4 * PAGES, PAGES, 0, 0) ||
		    test_set_slot(&w->vm, 0, TEST_GFN, PAGES, 0, 0))
			stress_wrong(w, "a slot could not be moved");
		break;
	case 2:
		if (test_set_slot(&w->vm, 0, TEST_GFN, PAGES, 0, KVM_MEM_LOG_DIRTY_PAGES) ||
		    test_set_slot(&w->vm, 0, TEST_GFN, PAGES, 0, 0))
			stress_wrong(w, "the dirty log could not be switched");
		break;
	case 3:
		kvm_set_nx_huge_pages(w->vm.kvm, test_random(&me->random) % 2);
		break;
	case 4:
		kvm_recover_nx_huge_pages(w->vm.kvm, 4);
		break;
	default:
		WITH_SRCU(w->vm.kvm, kvm_zap_gfn_range(w->vm.kvm, TEST_GFN, TEST_GFN + PAGES));
	}
}

static void memory_comes_and_goes(struct test *t, unsigned int flags)
{
	struct worker workers[] = { { .step = step_access }, { .step = step_access },
				    { .step = step_host }, { .step = step_admin },
				    { .step = step_cache } };
	struct written *written;
	struct world w;

	if (!stress_create(t, &w, flags, 4))
		return;
	written = kvcalloc(2 * PAGES, sizeof(*written), GFP_KERNEL);
	EXPECT(t, written);
	if (!written)
		goto out;
	workers[0].written = written;
	workers[1].written = written + PAGES;
	workers[0].vcpu = w.vm.vcpu[0];
	workers[1].vcpu = w.vm.vcpu[1];
	workers[2].vcpu = w.vm.vcpu[2];
	workers[3].vcpu = w.vm.vcpu[3];
	test_force_yield(5);
	stress_run(t, &w, workers, ARRAY_SIZE(workers));
	test_force_yield(0);
	kvfree(written);
out:
	stress_destroy(t, &w);
}

static void memory_tdp(struct test *t)
{
	memory_comes_and_goes(t, KVM_VM_TDP | KVM_VM_AD_BITS | KVM_VM_NX_HUGE_PAGES);
}

static void memory_tdp_without_ad_bits(struct test *t)
{
	memory_comes_and_goes(t, KVM_VM_TDP);
}

static void memory_shadow(struct test *t)
{
	memory_comes_and_goes(t, KVM_VM_AD_BITS | KVM_VM_NX_HUGE_PAGES);
}

/* ---- the dirty log ---- */

#define LOG_PAGES	32

static void step_write(struct worker *me)
{
	unsigned long index = test_random(&me->random) % LOG_PAGES;

	down_read(&me->w->quiet);
	if (sim_write(me->vcpu, test_gpa(index) + 8 * me->vcpu->vcpu_id,
		      test_random(&me->random)))
		stress_wrong(me->w, "a write failed");
	up_read(&me->w->quiet);
	atomic_inc(&me->w->accesses);
}

/* A copy of the memory, kept up by what the log says */
struct copy {
	u64 word[LOG_PAGES][3];
};

static void copy_dirty(struct world *w, struct copy *copy, const unsigned long *bitmap)
{
	unsigned long i;
	int v;

	for_each_set_bit(i, bitmap, LOG_PAGES) {
		for (v = 0; v < 3; v++) {
			if (host_mm_read(w->vm.mm, w->vm.mm->base + i * PAGE_SIZE + 8 * v,
					 &copy->word[i][v]))
				stress_wrong(w, "the host cannot read its memory");
		}
	}
}

static void copy_logged(struct world *w, struct copy *copy)
{
	unsigned long bitmap[BITS_TO_LONGS(PAGES)] = { 0 };

	if (kvm_get_dirty_log(w->vm.kvm, 0, bitmap))
		stress_wrong(w, "there is no log");
	copy_dirty(w, copy, bitmap);
}

static void copy_all(struct world *w, struct copy *copy)
{
	unsigned long all[BITS_TO_LONGS(LOG_PAGES)];

	memset(all, 0xff, sizeof(all));
	copy_dirty(w, copy, all);
}

/* Nobody writes: with one more round the copy must be the memory. */
static void compare_copies(struct world *w, struct copy *copy)
{
	down_write(&w->quiet);
	copy_logged(w, &copy[0]);
	copy_all(w, &copy[1]);
	if (memcmp(&copy[0], &copy[1], sizeof(*copy)))
		stress_wrong(w, "a write is not in the dirty log");
	up_write(&w->quiet);
}

/*
 * As a migration that begins anew: all is copied once, and then what the log says.  The
 * vCPU has a page in its TLB, writable, when the log begins, and writes it again.
 */
static void restart_log(struct worker *me, struct copy *copy)
{
	gpa_t gpa = test_gpa(test_random(&me->random) % LOG_PAGES) + 8 * me->vcpu->vcpu_id;
	struct world *w = me->w;

	sim_write(me->vcpu, gpa, test_random(&me->random));
	if (test_set_slot(&w->vm, 0, TEST_GFN, PAGES, 0, 0) ||
	    test_set_slot(&w->vm, 0, TEST_GFN, PAGES, 0, KVM_MEM_LOG_DIRTY_PAGES))
		stress_wrong(w, "the dirty log could not be switched");
	copy_all(w, copy);
	sim_write(me->vcpu, gpa, test_random(&me->random));
	compare_copies(w, copy);
}

static void step_copy(struct worker *me)
{
	struct copy *copy = me->w->vm.mm->private;

	switch (test_random(&me->random) % 16) {
	case 0:
		restart_log(me, copy);
		break;
	case 1 ... 4:
		compare_copies(me->w, copy);
		break;
	default:
		copy_logged(me->w, copy);
	}
}

static void log_misses_nothing(struct test *t, unsigned int flags)
{
	struct worker workers[3] = { { .step = step_write }, { .step = step_write },
				     { .step = step_copy } };
	struct copy *copy = kvcalloc(2, sizeof(*copy), GFP_KERNEL);
	struct world w;

	if (!copy || !stress_create(t, &w, flags, 3)) {
		kvfree(copy);
		return;
	}
	w.vm.mm->new_page = NULL;
	w.vm.mm->private = &copy[0];
	EXPECT(t, test_set_slot(&w.vm, 0, TEST_GFN, PAGES, 0, KVM_MEM_LOG_DIRTY_PAGES) == 0);
	workers[0].vcpu = w.vm.vcpu[0];
	workers[1].vcpu = w.vm.vcpu[1];
	workers[2].vcpu = w.vm.vcpu[2];
	stress_run(t, &w, workers, 3);
	compare_copies(&w, copy);
	EXPECT(t, atomic_read(&w.errors) == 0);
	stress_destroy(t, &w);
	kvfree(copy);
}

static void log_by_dirty_bits(struct test *t)
{
	log_misses_nothing(t, KVM_VM_TDP | KVM_VM_AD_BITS);
}

static void log_by_write_protection(struct test *t)
{
	log_misses_nothing(t, KVM_VM_TDP);
}

static void log_in_the_shadow_mmu(struct test *t)
{
	log_misses_nothing(t, 0);
}

static void nested_tdp(struct test *t)
{
	stress_nested(t, KVM_VM_TDP | KVM_VM_AD_BITS);
}

static void nested_shadow(struct test *t)
{
	stress_nested(t, 0);
}

static const struct test_case cases[] = {
	{ "memory_tdp", memory_tdp },
	{ "memory_tdp_without_ad_bits", memory_tdp_without_ad_bits },
	{ "memory_shadow", memory_shadow },
	{ "log_by_dirty_bits", log_by_dirty_bits },
	{ "log_by_write_protection", log_by_write_protection },
	{ "log_in_the_shadow_mmu", log_in_the_shadow_mmu },
	{ "nested_tdp", nested_tdp },
	{ "nested_shadow", nested_shadow },
	{ "gmem_and_caches", stress_gmem },
	{ }
};

const struct test_suite stress_suite = { "stress", cases };
