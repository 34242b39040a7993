// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "../memslot.h"

static void create_and_find(struct test *t)
{
	struct test_vm vm;
	struct kvm_memory_slot *slot;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	WITH_SRCU(vm.kvm, slot = gfn_to_memslot(vm.kvm, TEST_GFN + 15);
		  EXPECT(t, slot && slot->base_gfn == TEST_GFN);
		  EXPECT(t, !gfn_to_memslot(vm.kvm, TEST_GFN + 16));
		  EXPECT(t, !gfn_to_memslot(vm.kvm, TEST_GFN - 1));
		  /* the gfn cut to 20 bits: what is left of a gpa that is cut to 32 */
		  EXPECT(t, !gfn_to_memslot(vm.kvm, TEST_GFN & 0xfffff)));
	test_vm_destroy(t, &vm);
}

static void refuses_what_cannot_be(struct test *t)
{
	struct test_vm vm;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	EXPECT(t, test_set_slot(&vm, 1, TEST_GFN + 8, 16, 0, 0) == -EEXIST);	/* overlaps */
	EXPECT(t, test_set_slot(&vm, 1, TEST_GFN + 16, 0, 0, 0) == -EINVAL);	/* not there */
	EXPECT(t, test_set_slot(&vm, 0, TEST_GFN, 8, 0, 0) == -EINVAL);	/* other size */
	EXPECT(t, test_set_slot(&vm, KVM_MEM_SLOTS_NUM, 0, 1, 0, 0) == -EINVAL);
	EXPECT(t, test_set_slot(&vm, 1, TEST_GFN + 16, 8, 8, 0) == 0);
	test_vm_destroy(t, &vm);
}

static void generation_grows(struct test *t)
{
	struct test_vm vm;
	u64 before;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	WITH_SRCU(vm.kvm, before = kvm_memslots(vm.kvm)->generation);
	EXPECT(t, test_set_slot(&vm, 0, TEST_GFN, 16, 0, KVM_MEM_LOG_DIRTY_PAGES) == 0);
	WITH_SRCU(vm.kvm, EXPECT(t, kvm_memslots(vm.kvm)->generation > before));
	test_vm_destroy(t, &vm);
}

static void deleted_memory_is_gone(struct test *t)
{
	struct test_vm vm;
	u64 value;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 1))
		return;
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(3), 42) == 0);
	EXPECT(t, test_set_slot(&vm, 0, 0, 0, 0, 0) == 0);
	/* also through the TLB, which had it */
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(3), &value) == -ENOENT);
	test_vm_destroy(t, &vm);
}

static void moved_memory_is_moved(struct test *t)
{
	struct test_vm vm;
	u64 value = 0;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 1))
		return;
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(3), 42) == 0);
	EXPECT(t, test_set_slot(&vm, 0, TEST_GFN + 1024, 16, 0, 0) == 0);
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(3), &value) == -ENOENT);
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(1024 + 3), &value) == 0 && value == 42);
	test_vm_destroy(t, &vm);
}

/* Without the TDP MMU the same, by reverse maps. */
static void deleted_memory_is_gone_shadow(struct test *t)
{
	struct test_vm vm;
	u64 value;

	if (!test_vm_create(t, &vm, KVM_VM_AD_BITS, 16, 1))
		return;
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(3), 42) == 0);
	EXPECT(t, test_set_slot(&vm, 0, 0, 0, 0, 0) == 0);
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(3), &value) == -ENOENT);
	test_vm_destroy(t, &vm);
}

static void read_only_slot(struct test *t)
{
	struct test_vm vm;
	u64 value = 1;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	EXPECT(t, test_set_slot(&vm, 0, 0, 0, 0, 0) == 0);
	EXPECT(t, test_set_slot(&vm, 0, TEST_GFN, 16, 0, KVM_MEM_READONLY) == 0);
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(0), &value) == 0 && value == 0);
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(0), 7) == -ENOENT);
	test_vm_destroy(t, &vm);
}

static const struct test_case cases[] = {
	{ "create_and_find", create_and_find },
	{ "refuses_what_cannot_be", refuses_what_cannot_be },
	{ "generation_grows", generation_grows },
	{ "deleted_memory_is_gone", deleted_memory_is_gone },
	{ "moved_memory_is_moved", moved_memory_is_moved },
	{ "deleted_memory_is_gone_shadow", deleted_memory_is_gone_shadow },
	{ "read_only_slot", read_only_slot },
	{ }
};

const struct test_suite memslot_suite = { "memslot", cases };
