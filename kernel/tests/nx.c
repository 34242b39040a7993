// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "../nx.h"

static void executed_page_is_split(struct test *t)
{
	static const unsigned int flags[] = { KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_AD_BITS };
	struct test_vm vm;
	unsigned int i;
	u64 spte, value;
	int level;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (!test_vm_create(t, &vm, flags[i] | KVM_VM_NX_HUGE_PAGES, 512, 2))
			return;
		EXPECT(t, host_mm_make_huge(vm.mm, 0) == 0);
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(5), 42) == 0);
		spte = test_spte(vm.vcpu[0], test_gpa(5), &level);
		EXPECT(t, level == PG_LEVEL_2M && !(spte & SPTE_X));
		EXPECT(t, sim_exec(vm.vcpu[0], test_gpa(6)) == 0);
		spte = test_spte(vm.vcpu[0], test_gpa(6), &level);
		EXPECT(t, level == PG_LEVEL_4K && (spte & SPTE_X));
		/* a read beside it must not put the large page back */
		EXPECT(t, sim_read(vm.vcpu[1], test_gpa(7), &value) == 0);
		test_spte(vm.vcpu[1], test_gpa(7), &level);
		EXPECT(t, level == PG_LEVEL_4K);
		EXPECT(t, !list_empty(&vm.kvm->arch.possible_nx_huge_pages));
		test_vm_destroy(t, &vm);
	}
}

static void recovery_lets_it_be_large_again(struct test *t)
{
	static const unsigned int flags[] = { KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_AD_BITS };
	struct test_vm vm;
	unsigned int i;
	u64 value = 0;
	int level;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (!test_vm_create(t, &vm, flags[i] | KVM_VM_NX_HUGE_PAGES, 512, 1))
			return;
		EXPECT(t, host_mm_make_huge(vm.mm, 0) == 0);
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(5), 42) == 0);
		EXPECT(t, sim_exec(vm.vcpu[0], test_gpa(6)) == 0);
		test_force_yield(1);
		kvm_recover_nx_huge_pages(vm.kvm, 8);
		test_force_yield(0);
		EXPECT(t, list_empty(&vm.kvm->arch.possible_nx_huge_pages));
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(5), &value) == 0 && value == 42);
		test_spte(vm.vcpu[0], test_gpa(5), &level);
		EXPECT(t, level == PG_LEVEL_2M);
		test_vm_destroy(t, &vm);
	}
}

static void switched_off_pages_are_executable(struct test *t)
{
	struct test_vm vm;
	u64 spte;
	int level;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_NX_HUGE_PAGES, 512, 1))
		return;
	EXPECT(t, host_mm_make_huge(vm.mm, 0) == 0);
	EXPECT(t, sim_exec(vm.vcpu[0], test_gpa(6)) == 0);
	kvm_set_nx_huge_pages(vm.kvm, false);
	EXPECT(t, list_empty(&vm.kvm->arch.possible_nx_huge_pages));
	EXPECT(t, sim_exec(vm.vcpu[0], test_gpa(6)) == 0);
	spte = test_spte(vm.vcpu[0], test_gpa(6), &level);
	EXPECT(t, level == PG_LEVEL_2M && (spte & SPTE_X));
	test_vm_destroy(t, &vm);
}

static const struct test_case cases[] = {
	{ "executed_page_is_split", executed_page_is_split },
	{ "recovery_lets_it_be_large_again", recovery_lets_it_be_large_again },
	{ "switched_off_pages_are_executable", switched_off_pages_are_executable },
	{ }
};

const struct test_suite nx_suite = { "nx", cases };
