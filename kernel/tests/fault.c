// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "../fault.h"

/* Each kind of VM: with the TDP MMU or reverse maps, with and without A and D bits. */
static const unsigned int all_flags[] = {
	KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_TDP, KVM_VM_AD_BITS, 0,
};

static void each_vm(struct test *t, unsigned long npages, int nr_vcpus,
		    void (*body)(struct test *t, struct test_vm *vm))
{
	struct test_vm vm;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		if (!test_vm_create(t, &vm, all_flags[i], npages, nr_vcpus))
			return;
		body(t, &vm);
		test_vm_destroy(t, &vm);
	}
}

static void do_write_is_seen(struct test *t, struct test_vm *vm)
{
	u64 value = 0;

	EXPECT(t, sim_read(vm->vcpu[1], test_gpa(5), &value) == 0 && value == 0);
	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(5) + 8, 42) == 0);
	EXPECT(t, sim_read(vm->vcpu[1], test_gpa(5) + 8, &value) == 0 && value == 42);
	EXPECT(t, sim_exec(vm->vcpu[1], test_gpa(5)) == 0);
}

static void write_is_seen(struct test *t)
{
	each_vm(t, 16, 2, do_write_is_seen);
}

static void no_memory(struct test *t)
{
	struct test_vm vm;
	u64 value;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(16), &value) == -ENOENT);
	EXPECT(t, sim_read(vm.vcpu[0], TEST_GPA & 0xffffffff, &value) == -ENOENT);
	test_vm_destroy(t, &vm);
}

/* Two pages whose addresses differ above bit 31 only. */
static void do_high_and_low(struct test *t, struct test_vm *vm)
{
	gpa_t low = TEST_GPA & 0xffffffff;
	u64 value = 0;

	EXPECT(t, test_set_slot(vm, 1, gpa_to_gfn(low), 8, 8, 0) == 0);
	EXPECT(t, sim_write(vm->vcpu[0], TEST_GPA, 1) == 0);
	EXPECT(t, sim_write(vm->vcpu[0], low, 2) == 0);
	EXPECT(t, sim_read(vm->vcpu[0], TEST_GPA, &value) == 0 && value == 1);
	EXPECT(t, sim_read(vm->vcpu[0], low, &value) == 0 && value == 2);
}

static void high_and_low(struct test *t)
{
	each_vm(t, 16, 1, do_high_and_low);
}

static void do_prefault(struct test *t, struct test_vm *vm)
{
	u64 spte, value;
	int level;

	EXPECT(t, sim_prefault(vm->vcpu[0], test_gpa(1)) == RET_PF_FIXED);
	spte = test_spte(vm->vcpu[0], test_gpa(1), &level);
	EXPECT(t, spte && !is_accessed_spte(spte));
	EXPECT(t, sim_read(vm->vcpu[0], test_gpa(1), &value) == 0);
	EXPECT(t, is_accessed_spte(test_spte(vm->vcpu[0], test_gpa(1), &level)));
}

static void prefault_maps_unaccessed(struct test *t)
{
	each_vm(t, 16, 1, do_prefault);
}

static void do_prefault_leaves(struct test *t, struct test_vm *vm)
{
	u64 before, after;
	int level;

	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(1), 42) == 0);
	before = test_spte(vm->vcpu[0], test_gpa(1), &level);
	EXPECT(t, is_writable_pte(before));
	EXPECT(t, sim_prefault(vm->vcpu[0], test_gpa(1)) == RET_PF_SPURIOUS);
	after = test_spte(vm->vcpu[0], test_gpa(1), &level);
	EXPECT(t, before == after);
}

static void prefault_does_not_clobber(struct test *t)
{
	each_vm(t, 16, 1, do_prefault_leaves);
}

static void do_huge(struct test *t, struct test_vm *vm)
{
	u64 spte, value = 0;
	int level;

	EXPECT(t, sim_write(vm->vcpu[0], test_gpa(700), 42) == 0);
	EXPECT(t, host_mm_make_huge(vm->mm, 512) == 0);
	EXPECT(t, sim_read(vm->vcpu[0], test_gpa(700), &value) == 0 && value == 42);
	spte = test_spte(vm->vcpu[0], test_gpa(700), &level);
	EXPECT(t, is_large_pte(spte) && level == PG_LEVEL_2M);
	/* the other half of the slot is small in the host, and so it is here */
	EXPECT(t, sim_read(vm->vcpu[0], test_gpa(100), &value) == 0);
	test_spte(vm->vcpu[0], test_gpa(100), &level);
	EXPECT(t, level == PG_LEVEL_4K);
	/* and when the host splits the page, it is split here */
	host_mm_unmap(vm->mm, 600, 1);
	EXPECT(t, sim_read(vm->vcpu[0], test_gpa(700), &value) == 0 && value == 42);
	test_spte(vm->vcpu[0], test_gpa(700), &level);
	EXPECT(t, level == PG_LEVEL_4K);
}

static void host_huge_page_is_mapped_large(struct test *t)
{
	each_vm(t, 1024, 1, do_huge);
}

/* A slot that does not reach a 2M boundary together with its hva has no large page. */
static void skewed_slot_is_mapped_small(struct test *t)
{
	struct test_vm vm;
	u64 value;
	int level;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 1024, 1))
		return;
	EXPECT(t, test_set_slot(&vm, 0, 0, 0, 0, 0) == 0);
	EXPECT(t, test_set_slot(&vm, 0, TEST_GFN + 1, 1024, 0, 0) == 0);
	EXPECT(t, host_mm_make_huge(vm.mm, 512) == 0);
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(700), &value) == 0);
	test_spte(vm.vcpu[0], test_gpa(700), &level);
	EXPECT(t, level == PG_LEVEL_4K);
	test_vm_destroy(t, &vm);
}

static const struct test_case cases[] = {
	{ "write_is_seen", write_is_seen },
	{ "no_memory", no_memory },
	{ "high_and_low", high_and_low },
	{ "prefault_maps_unaccessed", prefault_maps_unaccessed },
	{ "prefault_does_not_clobber", prefault_does_not_clobber },
	{ "host_huge_page_is_mapped_large", host_huge_page_is_mapped_large },
	{ "skewed_slot_is_mapped_small", skewed_slot_is_mapped_small },
	{ }
};

const struct test_suite fault_suite = { "fault", cases };
