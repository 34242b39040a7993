// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "guest.h"
#include "../dirty.h"

#define LOG	KVM_MEM_LOG_DIRTY_PAGES

static const unsigned int all_flags[] = {
	KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_TDP, KVM_VM_AD_BITS, 0,
};

static void each_vm(struct test *t, unsigned long npages, u32 slot_flags,
		    void (*body)(struct test *t, struct test_vm *vm))
{
	struct test_vm vm;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		if (!test_vm_create(t, &vm, all_flags[i], npages, 2))
			return;
		EXPECT(t, test_set_slot(&vm, 0, TEST_GFN, npages, 0, slot_flags) == 0);
		body(t, &vm);
		test_vm_destroy(t, &vm);
	}
}

static unsigned long log_word(struct test *t, struct test_vm *vm)
{
	unsigned long bitmap[BITS_TO_LONGS(1024)] = { 0 };

	EXPECT(t, kvm_get_dirty_log(vm->kvm, 0, bitmap) == 0);
	return bitmap[0];
}

static void do_logs_writes(struct test *t, struct test_vm *vm)
{
	u64 value;

	EXPECT(t, sim_read(vm->vcpu[0], test_gpa(1), &value) == 0);
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(3), 42) == 0);
	EXPECT(t, log_word(t, vm) == 1ul << 3);
	EXPECT(t, log_word(t, vm) == 0);
	/* written again through an entry and a TLB that had it writable */
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(3), 43) == 0);
	EXPECT(t, sim_write(vm->vcpu[1], test_gpa(1), 43) == 0);
	EXPECT(t, log_word(t, vm) == (1ul << 3 | 1ul << 1));
	/* each vCPU has it in its TLB now; both must fault or note it again */
	EXPECT(t, sim_write(vm->vcpu[1], test_gpa(3), 44) == 0);
	EXPECT(t, log_word(t, vm) == 1ul << 3);
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(3), 45) == 0);
	EXPECT(t, log_word(t, vm) == 1ul << 3);
}

static void logs_writes(struct test *t)
{
	each_vm(t, 16, LOG, do_logs_writes);
}

/* The page was writable before the log began, and in a TLB. */
static void do_begins(struct test *t, struct test_vm *vm)
{
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(3), 42) == 0);
	EXPECT(t, test_set_slot(vm, 0, TEST_GFN, vm->npages, 0, LOG) == 0);
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(3), 43) == 0);
	EXPECT(t, log_word(t, vm) & (1ul << 3));
}

static void log_begins_with_cached_pages(struct test *t)
{
	each_vm(t, 16, 0, do_begins);
}

static void do_splits(struct test *t, struct test_vm *vm)
{
	u64 value = 0;
	int level;

	EXPECT(t, host_mm_make_huge(vm->mm, 0) == 0);
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(5), 42) == 0);
	test_spte(vm->vcpu[0], test_gpa(5), &level);
	EXPECT(t, level == PG_LEVEL_2M);
	EXPECT(t, test_set_slot(vm, 0, TEST_GFN, vm->npages, 0, LOG) == 0);
	/* all of it, and before anybody accesses it again */
	EXPECT(t, test_spte(vm->vcpu[0], test_gpa(6), &level) && level == PG_LEVEL_4K);
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(6), 43) == 0);
	EXPECT(t, sim_write(vm->vcpu[1], test_gpa(7), 44) == 0);
	test_spte(vm->vcpu[0], test_gpa(6), &level);
	EXPECT(t, level == PG_LEVEL_4K);
	EXPECT(t, sim_read(vm->vcpu[0], test_gpa(5), &value) == 0 && value == 42);
	EXPECT(t, (log_word(t, vm) & 0xe0) == 0xc0);
	/* the log ends: large again */
	EXPECT(t, test_set_slot(vm, 0, TEST_GFN, vm->npages, 0, 0) == 0);
	if (!vm->kvm->arch.tdp_mmu_enabled)
		return;
	EXPECT(t, sim_read(vm->vcpu[0], test_gpa(6), &value) == 0 && value == 43);
	test_spte(vm->vcpu[0], test_gpa(6), &level);
	EXPECT(t, level == PG_LEVEL_2M);
}

static void large_pages_are_split_and_come_back(struct test *t)
{
	each_vm(t, 512, 0, do_splits);
}

/* More pages than the CPU can note at once. */
static void do_many(struct test *t, struct test_vm *vm)
{
	unsigned long bitmap[16] = { 0 };
	unsigned int i, n = 0;

	for (i = 0; i < vm->npages; i++)
		EXPECT(t, sim_write(vm->vcpu[0], test_gpa(i), i) == 0);
	EXPECT(t, kvm_get_dirty_log(vm->kvm, 0, bitmap) == 0);
	for_each_set_bit(i, bitmap, vm->npages)
		n++;
	EXPECT(t, n == vm->npages);
}

static void many_pages(struct test *t)
{
	each_vm(t, 256, LOG, do_many);
}

static void no_log_no_bitmap(struct test *t)
{
	unsigned long bitmap[16];
	struct test_vm vm;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	EXPECT(t, kvm_get_dirty_log(vm.kvm, 0, bitmap) == -ENOENT);
	EXPECT(t, kvm_get_dirty_log(vm.kvm, 3, bitmap) == -ENOENT);
	test_vm_destroy(t, &vm);
}

/* What a nested guest writes is the guest's memory too. */
static void nested_writes_are_logged(struct test *t)
{
	struct test_guest g;
	struct test_vm vm;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		if (!test_vm_create(t, &vm, all_flags[i], 128, 1))
			return;
		EXPECT(t, test_set_slot(&vm, 0, TEST_GFN, 128, 0, LOG) == 0);
		guest_init(&g, &vm, vm.vcpu[0], 64);
		guest_map(&g, 1, PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
		EXPECT(t, nested_write(&g, vm.vcpu[0], 1, 42) == 0);
		EXPECT(t, log_word(t, &vm) == 1ul << 7);
		EXPECT(t, nested_write(&g, vm.vcpu[0], 1, 43) == 0);
		EXPECT(t, log_word(t, &vm) == 1ul << 7);
		test_vm_destroy(t, &vm);
	}
}

/* A large page of the nested guest, which is one of the host's: split, not zapped. */
static void nested_large_page_is_split(struct test *t)
{
	struct test_guest g;
	struct test_vm vm;
	unsigned int i;
	u64 value = 0;
	int level;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		if (!test_vm_create(t, &vm, all_flags[i], 1024, 1))
			return;
		EXPECT(t, host_mm_make_huge(vm.mm, 512) == 0);
		guest_init(&g, &vm, vm.vcpu[0], 64);
		guest_map(&g, 1024, PG_LEVEL_2M, 512, GPTE_P | GPTE_W | GPTE_PS);
		EXPECT(t, nested_write(&g, vm.vcpu[0], 1025, 42) == 0);
		sim_enter_nested(vm.vcpu[0], guest_pgd(&g));
		EXPECT(t, test_spte(vm.vcpu[0], (u64)1025 << PAGE_SHIFT, &level));
		EXPECT(t, level == PG_LEVEL_2M);
		EXPECT(t, test_set_slot(&vm, 0, TEST_GFN, 1024, 0, LOG) == 0);
		EXPECT(t, test_spte(vm.vcpu[0], (u64)1026 << PAGE_SHIFT, &level));
		EXPECT(t, level == PG_LEVEL_4K);
		sim_leave_nested(vm.vcpu[0]);
		EXPECT(t, nested_read(&g, vm.vcpu[0], 1025, &value) == 0 && value == 42);
		log_word(t, &vm);
		EXPECT(t, nested_write(&g, vm.vcpu[0], 1025, 43) == 0);
		test_vm_destroy(t, &vm);
	}
}

static const struct test_case cases[] = {
	{ "logs_writes", logs_writes },
	{ "log_begins_with_cached_pages", log_begins_with_cached_pages },
	{ "large_pages_are_split_and_come_back", large_pages_are_split_and_come_back },
	{ "nested_large_page_is_split", nested_large_page_is_split },
	{ "many_pages", many_pages },
	{ "no_log_no_bitmap", no_log_no_bitmap },
	{ "nested_writes_are_logged", nested_writes_are_logged },
	{ }
};

const struct test_suite dirty_suite = { "dirty", cases };
