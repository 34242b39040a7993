// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "../invalidate.h"

static const unsigned int all_flags[] = {
	KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_TDP, KVM_VM_AD_BITS, 0,
};

static void accesses_are_seen_once(struct test *t)
{
	struct test_vm vm;
	unsigned int i;
	hva_t hva;
	u64 value = 0;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		if (!test_vm_create(t, &vm, all_flags[i], 16, 1))
			return;
		hva = vm.mm->base + 3 * PAGE_SIZE;
		EXPECT(t, !kvm_mmu_notifier_test_young(vm.kvm, hva));
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(3), 42) == 0);
		EXPECT(t, kvm_mmu_notifier_test_young(vm.kvm, hva));
		EXPECT(t, kvm_mmu_notifier_clear_young(vm.kvm, hva, hva + PAGE_SIZE));
		EXPECT(t, !kvm_mmu_notifier_clear_young(vm.kvm, hva, hva + PAGE_SIZE));
		EXPECT(t, !kvm_mmu_notifier_test_young(vm.kvm, hva));
		/* no flush with it: the TLB may hide an access for a while */
		sim_tlb_flush(vm.vcpu[0]);
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(3), &value) == 0 && value == 42);
		EXPECT(t, kvm_mmu_notifier_test_young(vm.kvm, hva));
		/* and its neighbour was not touched */
		EXPECT(t, !kvm_mmu_notifier_test_young(vm.kvm, hva + PAGE_SIZE));
		test_vm_destroy(t, &vm);
	}
}

static void aged_page_can_be_written(struct test *t)
{
	struct test_vm vm;
	unsigned int i;
	u64 value = 0;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		if (!test_vm_create(t, &vm, all_flags[i], 16, 1))
			return;
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(3), 42) == 0);
		kvm_mmu_notifier_clear_young(vm.kvm, vm.mm->base, vm.mm->base + 16 * PAGE_SIZE);
		sim_tlb_flush(vm.vcpu[0]);
		EXPECT(t, sim_exec(vm.vcpu[0], test_gpa(3)) == 0);
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(3), 43) == 0);
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(3), &value) == 0 && value == 43);
		test_vm_destroy(t, &vm);
	}
}

static const struct test_case cases[] = {
	{ "accesses_are_seen_once", accesses_are_seen_once },
	{ "aged_page_can_be_written", aged_page_can_be_written },
	{ }
};

const struct test_suite age_suite = { "age", cases };
