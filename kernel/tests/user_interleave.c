// SPDX-License-Identifier: GPL-2.0-only
/*
 * Races, made to happen: something is done just before a thread takes a lock, which is
 * the worst moment for it.
 */
#include "test.h"
#include "user.h"
#include "guest.h"
#include "../dirty.h"
#include "../fault.h"
#include "../gmem.h"
#include "../memslot.h"
#include "../pfncache.h"
#include "../root.h"
#include "../shadow.h"
#include "../tdp.h"
#include "../zap.h"

static const unsigned int both_mmus[] = { KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_AD_BITS };

static void unmap_page_2(void *arg)
{
	struct test_vm *vm = arg;

	host_mm_unmap(vm->mm, 2, 1);
}

/* The page goes between the lookup and mmu_lock: the fault must begin again. */
static void page_goes_during_fault(struct test *t)
{
	struct test_vm vm;
	unsigned int i;
	u64 value = 1;

	for (i = 0; i < ARRAY_SIZE(both_mmus); i++) {
		if (!test_vm_create(t, &vm, both_mmus[i], 16, 2))
			return;
		/* something is mapped, so that the root is there */
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(0), 1) == 0);
		EXPECT(t, sim_write(vm.vcpu[1], test_gpa(2), 42) == 0);
		WITH_SRCU(vm.kvm, kvm_zap_gfn_range(vm.kvm, TEST_GFN, TEST_GFN + 16));
		shim_before_lock(&vm.kvm->mmu_lock.dep_map, unmap_page_2, &vm);
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(2), &value) == 0 && value == 0);
		test_vm_destroy(t, &vm);
	}
}

static void split_page_2(void *arg)
{
	struct test_vm *vm = arg;

	host_mm_unmap(vm->mm, 2, 1);
	host_mm_write(vm->mm, vm->mm->base + 2 * PAGE_SIZE, 43);
}

/* The host splits its page meanwhile: the size that was true at the lookup is not. */
static void host_page_is_split_during_fault(struct test *t)
{
	struct test_vm vm;
	unsigned int i;
	u64 value = 0;
	int level;

	for (i = 0; i < ARRAY_SIZE(both_mmus); i++) {
		if (!test_vm_create(t, &vm, both_mmus[i], 512, 1))
			return;
		EXPECT(t, host_mm_make_huge(vm.mm, 0) == 0);
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(2), 42) == 0);
		WITH_SRCU(vm.kvm, kvm_zap_gfn_range(vm.kvm, TEST_GFN, TEST_GFN + 512));
		shim_before_lock(&vm.kvm->mmu_lock.dep_map, split_page_2, &vm);
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(3), &value) == 0);
		test_spte(vm.vcpu[0], test_gpa(3), &level);
		EXPECT(t, level == PG_LEVEL_4K);
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(2), &value) == 0 && value == 43);
		test_vm_destroy(t, &vm);
	}
}

/* ---- a slot that is deleted while a fault is on its way ---- */

struct deleter {
	struct test_vm *vm;
	struct task_struct *task;
	int done;
};

static int delete_slot(void *data)
{
	struct deleter *d = data;

	test_set_slot(d->vm, 0, 0, 0, 0, 0);
	WRITE_ONCE(d->done, 1);
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

/* Long enough for one that does not wait for readers; the right one is still waiting. */
static void start_deletion(void *arg)
{
	struct timespec pause = { .tv_nsec = 1000000 };
	struct deleter *d = arg;
	int i;

	d->task = kthread_run(delete_slot, d, "delete");
	for (i = 0; i < 100 && !READ_ONCE(d->done); i++)
		nanosleep(&pause, NULL);
}

static void slot_goes_during_fault(struct test *t)
{
	struct deleter d = { 0 };
	struct test_vm vm;
	unsigned int i;
	u64 value;

	for (i = 0; i < ARRAY_SIZE(both_mmus); i++) {
		if (!test_vm_create(t, &vm, both_mmus[i], 16, 1))
			return;
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(0), 1) == 0);
		d = (struct deleter){ .vm = &vm };
		shim_before_lock(&vm.kvm->mmu_lock.dep_map, start_deletion, &d);
		sim_read(vm.vcpu[0], test_gpa(2), &value);
		EXPECT(t, d.task);
		if (d.task)
			kthread_stop(d.task);
		EXPECT(t, d.done);
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(2), &value) == -ENOENT);
		test_vm_destroy(t, &vm);
	}
}

static int zap_all_thread(void *data)
{
	struct test_vm *vm = data;

	mutex_lock(&vm->kvm->slots_lock);
	kvm_mmu_zap_all_fast(vm->kvm);
	mutex_unlock(&vm->kvm->slots_lock);
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

static void zap_all(void *arg)
{
	kthread_stop(kthread_run(zap_all_thread, arg, "zap"));
}

/* The root is invalidated and zapped meanwhile: nothing may be mapped in it any more. */
static void root_goes_during_fault(struct test *t)
{
	struct kvm_mmu_page *old;
	struct test_vm vm;
	u64 value = 0;
	int i;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 2))
		return;
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(2), 42) == 0);
	/* the other vCPU keeps the old root alive */
	EXPECT(t, sim_read(vm.vcpu[1], test_gpa(0), &value) == 0);
	old = root_to_sp(vm.vcpu[1]->arch.mmu->root);
	shim_before_lock(&vm.kvm->mmu_lock.dep_map, zap_all, &vm);
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(3), &value) == 0);
	EXPECT(t, old->role.invalid);
	for (i = 0; i < PTES_PER_TABLE; i++)
		EXPECT(t, !is_shadow_present_pte(READ_ONCE(old->spt[i])));
	test_vm_destroy(t, &vm);
}

/* ---- two faults mark tables below one parent ---- */

struct second_fault {
	struct test_guest *g;
	struct kvm_vcpu *vcpu;
	u64 page;
};

static void write_gpte(void *arg)
{
	struct second_fault *s = arg;
	struct test_guest g = *s->g;

	g.vcpu = s->vcpu;
	guest_map(&g, s->page, PG_LEVEL_4K, 9, GPTE_P | GPTE_W);
}

static int second_thread(void *data)
{
	write_gpte(data);
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

static void run_second(void *arg)
{
	kthread_stop(kthread_run(second_thread, arg, "second"));
}

/* Before it has the lock, another vCPU marks the same page, or one beside it. */
static void unsync_is_marked_twice(struct test *t)
{
	struct second_fault s;
	struct test_guest g;
	struct test_vm vm;
	u64 value, other;

	for (other = 0; other < 2; other++) {
		if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 128, 2))
			return;
		guest_init(&g, &vm, vm.vcpu[0], 64);
		guest_map(&g, 1, PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
		guest_map(&g, 512, PG_LEVEL_4K, 8, GPTE_P | GPTE_W);
		EXPECT(t, nested_read(&g, vm.vcpu[0], 1, &value) == 0);
		EXPECT(t, nested_read(&g, vm.vcpu[0], 512, &value) == 0);
		s = (struct second_fault){ .g = &g, .vcpu = vm.vcpu[1],
					   .page = other ? 513 : 2 };
		shim_before_lock(&vm.kvm->arch.mmu_unsync_pages_lock.dep_map, run_second, &s);
		guest_map(&g, 1, PG_LEVEL_4K, 9, GPTE_P | GPTE_W);
		guest_check(t, vm.kvm);
		sim_flush_nested(vm.vcpu[0]);
		guest_check(t, vm.kvm);
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(9), 44) == 0);
		EXPECT(t, nested_read(&g, vm.vcpu[0], 1, &value) == 0 && value == 44);
		EXPECT(t, nested_read(&g, vm.vcpu[0], s.page, &value) == 0 && value == 44);
		test_vm_destroy(t, &vm);
	}
}

/* ---- a vCPU flushes while another one syncs ---- */

struct flusher {
	struct test_guest g;
	struct kvm_vcpu *vcpu;
	struct task_struct *task;
	u64 page, value;
	int done;
};

static int flush_and_read(void *data)
{
	struct flusher *f = data;

	sim_flush_nested(f->vcpu);
	nested_read(&f->g, f->vcpu, f->page, &f->value);
	WRITE_ONCE(f->done, 1);
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

/* The right one waits for the other vCPU to be through. */
static void start_flush(void *arg)
{
	struct timespec pause = { .tv_nsec = 1000000 };
	struct flusher *f = arg;
	int i;

	f->task = kthread_run(flush_and_read, f, "flush");
	for (i = 0; i < 100 && !READ_ONCE(f->done); i++)
		nanosleep(&pause, NULL);
}

static void vcpu_flushes_while_another_syncs(struct test *t)
{
	struct flusher f = { .page = 1 };
	struct test_vm vm;
	unsigned int i;
	u64 value;

	for (i = 0; i < ARRAY_SIZE(both_mmus); i++) {
		if (!test_vm_create(t, &vm, both_mmus[i], 128, 2))
			return;
		f = (struct flusher){ .page = 1, .vcpu = vm.vcpu[1] };
		guest_init(&f.g, &vm, vm.vcpu[0], 64);
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(9), 44) == 0);
		guest_map(&f.g, 1, PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
		EXPECT(t, nested_read(&f.g, vm.vcpu[0], 1, &value) == 0);
		EXPECT(t, nested_read(&f.g, vm.vcpu[1], 1, &value) == 0);
		guest_map(&f.g, 1, PG_LEVEL_4K, 9, GPTE_P | GPTE_W);
		/* the host's entry is read when the page is being synced, under mmu_lock */
		shim_before_lock(&vm.mm->pte_lock.dep_map, start_flush, &f);
		sim_flush_nested(vm.vcpu[0]);
		EXPECT(t, f.task);
		if (f.task)
			kthread_stop(f.task);
		EXPECT(t, f.value == 44);
		test_vm_destroy(t, &vm);
	}
}

/* The guest changes an entry between the walk and mmu_lock. */
static void gpte_changes_during_fault(struct test *t)
{
	struct second_fault s;
	struct test_guest g;
	struct test_vm vm;
	unsigned int i;
	u64 value = 0;

	for (i = 0; i < ARRAY_SIZE(both_mmus); i++) {
		if (!test_vm_create(t, &vm, both_mmus[i], 128, 2))
			return;
		guest_init(&g, &vm, vm.vcpu[0], 64);
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(9), 44) == 0);
		guest_map(&g, 1, PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
		/* the root is there, the shadow of the lowest table is not */
		EXPECT(t, nested_read(&g, vm.vcpu[0], 1ull << 18, &value) == -EACCES);
		s = (struct second_fault){ .g = &g, .vcpu = vm.vcpu[1], .page = 1 };
		shim_before_lock(&vm.kvm->mmu_lock.dep_map, run_second, &s);
		EXPECT(t, nested_read(&g, vm.vcpu[0], 1, &value) == 0 && value == 44);
		test_vm_destroy(t, &vm);
	}
}

/* ---- caches ---- */

struct before_publish {
	struct gfn_to_pfn_cache *gpc;
	struct gmem *gmem;
	int locks;
};

static int punch_thread(void *data)
{
	struct before_publish *b = data;
	struct kvm *kvm = b->gpc->kvm;

	WITH_SRCU(kvm, gmem_punch_hole(b->gmem, kvm, 0, 4));
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

/* The second time that the refresh takes the lock, it has a page to publish. */
static void punch_before_publish(void *arg)
{
	struct before_publish *b = arg;

	if (b->locks--) {
		shim_before_lock(&b->gpc->lock.dep_map, punch_before_publish, b);
		return;
	}
	kthread_stop(kthread_run(punch_thread, b, "punch"));
}

/* The page goes after it was looked up and before it is published. */
static void page_goes_during_refresh(struct test *t)
{
	struct kvm_userspace_memory_region mem = { .slot = 1, .base_gfn = TEST_GFN + 0x1000,
						   .npages = 4 };
	struct gfn_to_pfn_cache gpc;
	struct before_publish b = { .gpc = &gpc, .locks = 2 };
	struct test_vm vm;
	gpa_t gpa = mem.base_gfn << PAGE_SHIFT;
	u64 value = 1;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 1))
		return;
	b.gmem = mem.gmem = gmem_create(4, true);
	EXPECT(t, b.gmem && kvm_set_memory_region(vm.kvm, &mem) == 0);
	EXPECT(t, sim_write(vm.vcpu[0], gpa, 42) == 0);
	kvm_gpc_init(&gpc, vm.kvm);
	shim_before_lock(&gpc.lock.dep_map, punch_before_publish, &b);
	WITH_SRCU(vm.kvm, EXPECT(t, kvm_gpc_activate(&gpc, gpa) == 0);
		  read_lock_irq(&gpc.lock);
		  EXPECT(t, kvm_gpc_check(&gpc));
		  if (kvm_gpc_check(&gpc))
			value = *(u64 *)gpc.khva;
		  read_unlock_irq(&gpc.lock));
	EXPECT(t, value == 0);
	EXPECT(t, kvm_gpc_deactivate(&gpc) == 0);
	test_vm_destroy(t, &vm);
	EXPECT(t, gmem_destroy(b.gmem) == 0);
}

static int invalidate_thread(void *data)
{
	struct before_publish *b = data;
	struct kvm *kvm = b->gpc->kvm;

	WITH_SRCU(kvm, kvm_zap_gfn_range(kvm, TEST_GFN, TEST_GFN + 1));
	/* The next zap of the direct map fails */
	platform_direct_map_fail(0, -1);
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

static void invalidate_before_publish(void *arg)
{
	struct before_publish *b = arg;

	if (b->locks--) {
		shim_before_lock(&b->gpc->lock.dep_map, invalidate_before_publish, b);
		return;
	}
	kthread_stop(kthread_run(invalidate_thread, b, "invalidate"));
}

/* The lookup must begin again, and the page that it had cannot be taken out: it ends there. */
static void zap_fails_during_refresh(struct test *t)
{
	struct kvm_userspace_memory_region mem = { .slot = 1, .base_gfn = TEST_GFN + 0x1000,
						   .npages = 4 };
	struct gfn_to_pfn_cache gpc;
	struct before_publish b = { .gpc = &gpc, .locks = 2 };
	gpa_t gpa = mem.base_gfn << PAGE_SHIFT;
	struct test_vm vm;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 1))
		return;
	mem.gmem = gmem_create(4, true);
	EXPECT(t, mem.gmem && kvm_set_memory_region(vm.kvm, &mem) == 0);
	EXPECT(t, sim_write(vm.vcpu[0], gpa, 42) == 0);
	kvm_gpc_init(&gpc, vm.kvm);
	shim_before_lock(&gpc.lock.dep_map, invalidate_before_publish, &b);
	WITH_SRCU(vm.kvm, EXPECT(t, kvm_gpc_activate(&gpc, gpa) == -ENOMEM);
		  read_lock_irq(&gpc.lock);
		  EXPECT(t, !kvm_gpc_check(&gpc));
		  read_unlock_irq(&gpc.lock);
		  EXPECT(t, kvm_gpc_refresh(&gpc) == 0));
	EXPECT(t, kvm_gpc_deactivate(&gpc) == 0);
	test_vm_destroy(t, &vm);
	EXPECT(t, gmem_destroy(mem.gmem) == 0);
}

/* ---- a fault without a root is a bug, and says so ---- */

static void fault_without_root(struct test *t)
{
	struct test_vm vm;
	gpa_t unused;
	int idx;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	mutex_lock(&vm.vcpu[0]->mutex);
	idx = srcu_read_lock(&vm.kvm->srcu);
	EXPECT(t, kvm_mmu_page_fault(vm.vcpu[0], TEST_GPA, 0, &unused) == RET_PF_RETRY);
	srcu_read_unlock(&vm.kvm->srcu, idx);
	mutex_unlock(&vm.vcpu[0]->mutex);
	EXPECT(t, warnings_since() == 1);
	test_vm_destroy(t, &vm);
}

static const struct test_case cases[] = {
	{ "page_goes_during_fault", page_goes_during_fault },
	{ "host_page_is_split_during_fault", host_page_is_split_during_fault },
	{ "slot_goes_during_fault", slot_goes_during_fault },
	{ "root_goes_during_fault", root_goes_during_fault },
	{ "unsync_is_marked_twice", unsync_is_marked_twice },
	{ "vcpu_flushes_while_another_syncs", vcpu_flushes_while_another_syncs },
	{ "gpte_changes_during_fault", gpte_changes_during_fault },
	{ "page_goes_during_refresh", page_goes_during_refresh },
	{ "zap_fails_during_refresh", zap_fails_during_refresh },
	{ "fault_without_root", fault_without_root },
	{ }
};

const struct test_suite interleave_suite = { "interleave", cases };
