// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "../tdp.h"
#include "../zap.h"

#define PAGES	256

struct toucher {
	struct test *t;
	struct kvm_vcpu *vcpu;
	unsigned long first, step;
	int errors;
	int started;
};

static int touch_all(void *data)
{
	struct toucher *me = data;
	unsigned long i;

	WRITE_ONCE(me->started, 1);
	for (i = 0; i < PAGES; i++) {
		gpa_t gpa = test_gpa((me->first + i * me->step) % PAGES);

		if (sim_write(me->vcpu, gpa + 8 * me->vcpu->vcpu_id, gpa))
			me->errors++;
	}
	while (!kthread_should_stop())
		cond_resched();
	return 0;
}

/* Faults on the same pages from two sides; each gfn must end up mapped once. */
static void parallel_faults(struct test *t)
{
	struct toucher who[2] = { { .first = 0, .step = 1 }, { .first = PAGES - 1,
							       .step = PAGES - 1 } };
	struct task_struct *task[2];
	struct test_vm vm;
	u64 value;
	int i;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, PAGES, 2))
		return;
	for (i = 0; i < 2; i++) {
		who[i].vcpu = vm.vcpu[i];
		task[i] = kthread_run(touch_all, &who[i], "touch/%d", i);
		EXPECT(t, !IS_ERR(task[i]));
	}
	for (i = 0; i < 2; i++) {
		/* a kernel thread that is stopped before it has begun never runs */
		while (!READ_ONCE(who[i].started))
			cond_resched();
		kthread_stop(task[i]);
		EXPECT(t, who[i].errors == 0);
	}
	for (i = 0; i < PAGES; i++) {
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(i), &value) == 0 && value == test_gpa(i));
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(i) + 8, &value) == 0 &&
		       value == test_gpa(i));
	}
	/* one table of each level below the root */
	EXPECT(t, atomic_long_read(&vm.kvm->arch.tdp_mmu_pages) == 3);
	test_vm_destroy(t, &vm);
}

static void vcpus_share_a_root(struct test *t)
{
	struct test_vm vm;
	u64 value;

	if (!test_vm_create(t, &vm, KVM_VM_TDP, 16, 2))
		return;
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(0), &value) == 0);
	EXPECT(t, sim_read(vm.vcpu[1], test_gpa(0), &value) == 0);
	EXPECT(t, vm.vcpu[0]->arch.mmu->root == vm.vcpu[1]->arch.mmu->root);
	/* two vCPUs and the MMU itself */
	EXPECT(t, refcount_read(&root_to_sp(vm.vcpu[0]->arch.mmu->root)->tdp_mmu_root_count) == 3);
	test_vm_destroy(t, &vm);
}

static void zap_all_makes_a_new_root(struct test *t)
{
	struct test_vm vm;
	u64 value = 0;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, 16, 2))
		return;
	EXPECT(t, sim_write(vm.vcpu[0], test_gpa(1), 42) == 0);
	EXPECT(t, sim_read(vm.vcpu[1], test_gpa(1), &value) == 0);
	mutex_lock(&vm.kvm->slots_lock);
	kvm_mmu_zap_all_fast(vm.kvm);
	mutex_unlock(&vm.kvm->slots_lock);
	/* the old root stays for who has it, without anything in it */
	EXPECT(t, root_to_sp(vm.vcpu[1]->arch.mmu->root)->role.invalid);
	EXPECT(t, atomic_long_read(&vm.kvm->arch.tdp_mmu_pages) == 0);
	EXPECT(t, sim_read(vm.vcpu[0], test_gpa(1), &value) == 0 && value == 42);
	EXPECT(t, !root_to_sp(vm.vcpu[0]->arch.mmu->root)->role.invalid);
	EXPECT(t, vm.vcpu[0]->arch.mmu->root != vm.vcpu[1]->arch.mmu->root);
	EXPECT(t, sim_read(vm.vcpu[1], test_gpa(1), &value) == 0 && value == 42);
	test_vm_destroy(t, &vm);
}

/* The walk must visit each gfn once, whatever is mapped, and go on after a yield. */
static void zap_yields_and_goes_on(struct test *t)
{
	struct test_vm vm;
	u64 value;
	int level, i;

	if (!test_vm_create(t, &vm, KVM_VM_TDP | KVM_VM_AD_BITS, PAGES, 1))
		return;
	/* the last pages are not mapped: there is a yield after the last zap, and no flush */
	for (i = 0; i < PAGES - 8; i++)
		EXPECT(t, sim_write(vm.vcpu[0], test_gpa(i), i + 1) == 0);
	test_force_yield(1);
	host_mm_unmap(vm.mm, 0, PAGES);
	test_force_yield(0);
	/* backwards: the TLB has the last ones */
	for (i = PAGES; i-- > 0;) {
		EXPECT(t, !test_spte(vm.vcpu[0], test_gpa(i), &level));
		EXPECT(t, sim_read(vm.vcpu[0], test_gpa(i), &value) == 0 && value == 0);
	}
	test_vm_destroy(t, &vm);
}

static const struct test_case cases[] = {
	{ "parallel_faults", parallel_faults },
	{ "vcpus_share_a_root", vcpus_share_a_root },
	{ "zap_all_makes_a_new_root", zap_all_makes_a_new_root },
	{ "zap_yields_and_goes_on", zap_yields_and_goes_on },
	{ }
};

const struct test_suite tdp_suite = { "tdp", cases };
