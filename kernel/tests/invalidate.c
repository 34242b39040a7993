// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "../invalidate.h"
#include "../zap.h"

static void window_makes_faults_retry(struct test *t)
{
	struct test_vm vm;
	struct kvm *kvm;
	unsigned long seq;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	kvm = vm.kvm;
	seq = kvm->mmu_invalidate_seq;
	write_lock(&kvm->mmu_lock);
	EXPECT(t, !mmu_invalidate_retry_gfn(kvm, seq, TEST_GFN));
	kvm_mmu_invalidate_begin(kvm);
	kvm_mmu_invalidate_range_add(kvm, TEST_GFN, TEST_GFN + 4);
	EXPECT(t, mmu_invalidate_retry_gfn(kvm, seq, TEST_GFN));
	EXPECT(t, mmu_invalidate_retry_gfn(kvm, seq, TEST_GFN + 3));
	EXPECT(t, !mmu_invalidate_retry_gfn(kvm, seq, TEST_GFN + 4));
	kvm_mmu_invalidate_end(kvm);
	/* closed, but it was open since the lookup */
	EXPECT(t, mmu_invalidate_retry_gfn(kvm, seq, TEST_GFN + 4));
	EXPECT(t, !mmu_invalidate_retry_gfn(kvm, kvm->mmu_invalidate_seq, TEST_GFN));
	write_unlock(&kvm->mmu_lock);
	test_vm_destroy(t, &vm);
}

static void windows_overlap(struct test *t)
{
	struct test_vm vm;
	struct kvm *kvm;
	unsigned long seq;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 1))
		return;
	kvm = vm.kvm;
	write_lock(&kvm->mmu_lock);
	kvm_mmu_invalidate_begin(kvm);
	kvm_mmu_invalidate_range_add(kvm, TEST_GFN, TEST_GFN + 1);
	kvm_mmu_invalidate_begin(kvm);
	kvm_mmu_invalidate_range_add(kvm, TEST_GFN + 8, TEST_GFN + 9);
	kvm_mmu_invalidate_end(kvm);
	seq = kvm->mmu_invalidate_seq;
	/* one is still open; the range is from the first to the last of both */
	EXPECT(t, kvm->mmu_invalidate_in_progress == 1);
	EXPECT(t, mmu_invalidate_retry_gfn(kvm, seq, TEST_GFN));
	EXPECT(t, mmu_invalidate_retry_gfn(kvm, seq, TEST_GFN + 4));
	kvm_mmu_invalidate_end(kvm);
	EXPECT(t, kvm->mmu_invalidate_in_progress == 0);
	write_unlock(&kvm->mmu_lock);
	test_vm_destroy(t, &vm);
}

static void unmapped_page_is_not_seen(struct test *t)
{
	static const unsigned int flags[] = { KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_AD_BITS };
	struct test_vm vm;
	unsigned int i;
	u64 value;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (!test_vm_create(t, &vm, flags[i], 16, 2))
			return;
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(2), 42) == 0);
		EXPECT(t, sim_read(vm.vcpu[1], test_gpa(2), &value) == 0 && value == 42);
		host_mm_unmap(vm.mm, 2, 1);
		/* a new page, and no TLB has the old one */
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(2), &value) == 0 && value == 0);
		EXPECT(t, sim_read(vm.vcpu[1], test_gpa(2), &value) == 0 && value == 0);
		EXPECT(t, vm.kvm->mmu_invalidate_in_progress == 0);
		EXPECT(t, vm.kvm->mn_active_invalidate_count == 0);
		test_vm_destroy(t, &vm);
	}
}

static void shared_page_is_copied_on_write(struct test *t)
{
	struct test_vm vm;
	u64 value = 0;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 2))
		return;
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(2), 42) == 0);
	host_mm_wrprotect(vm.mm, 2, 1);
	EXPECT(t, sim_read(vm.vcpu[1], test_gpa(2), &value) == 0 && value == 42);
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(2), 43) == 0);
	EXPECT(t, sim_read(vm.vcpu[1], test_gpa(2), &value) == 0 && value == 43);
	test_vm_destroy(t, &vm);
}

static void zap_range_keeps_the_memory(struct test *t)
{
	struct test_vm vm;
	u64 value = 0;
	int level;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 1))
		return;
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(2), 42) == 0);
	WITH_SRCU(vm.kvm, kvm_zap_gfn_range(vm.kvm, TEST_GFN, TEST_GFN + 16));
	EXPECT(t, !test_spte(vm.vcpu[0], test_gpa(2), &level));
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(2), &value) == 0 && value == 42);
	test_vm_destroy(t, &vm);
}

static const struct test_case cases[] = {
	{ "window_makes_faults_retry", window_makes_faults_retry },
	{ "windows_overlap", windows_overlap },
	{ "unmapped_page_is_not_seen", unmapped_page_is_not_seen },
	{ "shared_page_is_copied_on_write", shared_page_is_copied_on_write },
	{ "zap_range_keeps_the_memory", zap_range_keeps_the_memory },
	{ }
};

const struct test_suite invalidate_suite = { "invalidate", cases };
