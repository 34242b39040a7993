// SPDX-License-Identifier: GPL-2.0-only
/* A nested guest under stress: its tables change, go out of sync, and are synced. */
#include "test.h"
#include "guest.h"
#include "stress.h"
#include "../zap.h"

#define NESTED_TABLES	512	/* pages of the slot from here on are tables */
#define NESTED_VCPUS	2

/* Each vCPU has two tables of the lowest level: the second is of those behind all first ones. */
static u64 nested_address(int vcpu_id, int table)
{
	return (u64)(vcpu_id + table * NESTED_VCPUS) << 9;
}

/* The two tables change their places: a write to a table above, which is emulated. */
static void swap_tables(struct test_guest *g)
{
	int id = g->vcpu->vcpu_id;
	gpa_t first = guest_gpte(g, nested_address(id, 0), PG_LEVEL_2M);
	gpa_t second = guest_gpte(g, nested_address(id, 1), PG_LEVEL_2M);
	u64 a = 0, b = 0;

	sim_read(g->vcpu, first, &a);
	sim_read(g->vcpu, second, &b);
	sim_write(g->vcpu, first, b);
	sim_write(g->vcpu, second, a);
}

/*
 * Each vCPU has nested addresses of its own, in tables of its own, below a common root:
 * it points one to another page, flushes, and must see that page.  Faults on the tables
 * of different vCPUs mark pages below one parent at the same time.
 */
static void step_nested(struct worker *me)
{
	u64 address = nested_address(me->vcpu->vcpu_id, 0) + test_random(&me->random) % 8;
	unsigned long target = test_random(&me->random) % 256;
	struct test_guest g = me->w->guest;
	u64 stamp;

	g.vcpu = me->vcpu;
	if (test_random(&me->random) % 4 == 0)
		swap_tables(&g);
	guest_map(&g, address, PG_LEVEL_4K, target, GPTE_P | GPTE_W);
	sim_flush_nested(me->vcpu);
	sim_enter_nested(me->vcpu, guest_pgd(&g));
	if (sim_read(me->vcpu, (address << PAGE_SHIFT) + STAMP_OFFSET, &stamp))
		stress_wrong(me->w, "a nested access failed");
	else if (stamp >> 32 != target)
		stress_wrong(me->w, "a nested access saw what the tables said before the flush");
	sim_leave_nested(me->vcpu);
	atomic_inc(&me->w->accesses);
}

/* Data pages only: the guest's tables are its own, and stay. */
static void step_unmap_data(struct worker *me)
{
	host_mm_unmap(me->w->vm.mm, test_random(&me->random) % 240, 16);
}

static void step_zap(struct worker *me)
{
	struct kvm *kvm = me->w->vm.kvm;

	if (test_random(&me->random) % 8) {
		guest_check(me->w->t, kvm);
		return;
	}
	mutex_lock(&kvm->slots_lock);
	kvm_mmu_zap_all_fast(kvm);
	mutex_unlock(&kvm->slots_lock);
}

void stress_nested(struct test *t, unsigned int flags)
{
	struct worker workers[4] = { { .step = step_nested }, { .step = step_nested },
				     { .step = step_unmap_data }, { .step = step_zap } };
	struct world w;
	int i;

	if (!stress_create(t, &w, flags, NESTED_VCPUS))
		return;
	guest_init(&w.guest, &w.vm, w.vm.vcpu[0], NESTED_TABLES);
	for (i = 0; i < NESTED_VCPUS; i++) {
		/* all tables are there before anybody runs */
		guest_map(&w.guest, nested_address(i, 0), PG_LEVEL_4K, 0, GPTE_P | GPTE_W);
		guest_map(&w.guest, nested_address(i, 1), PG_LEVEL_4K, 0, GPTE_P | GPTE_W);
		workers[i].vcpu = w.vm.vcpu[i];
	}
	test_force_yield(7);
	stress_run(t, &w, workers, 4);
	test_force_yield(0);
	guest_check(t, w.vm.kvm);
	stress_destroy(t, &w);
}
