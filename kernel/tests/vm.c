// SPDX-License-Identifier: GPL-2.0-only
/* A small VM for the tests, and the frame that each case runs in. */
#include "test.h"
#include "../memslot.h"
#include "../spte.h"

#define TEST_POOL_BLOCKS	8

void test_fail(struct test *t, const char *file, int line, const char *what)
{
	t->failed++;
	pr_info("# %s:%d: not so: %s\n", file, line, what);
}

bool run_test_case(const struct test_suite *suite, const struct test_case *c, int seconds)
{
	struct test t = { .seconds = seconds };
	int pages, warnings;

	if (platform_init(TEST_POOL_BLOCKS)) {
		pr_info("# no memory for the pool of guest pages\n");
		return false;
	}
	pages = platform_free_folios();
	warnings_since();
	c->run(&t);
	rcu_barrier();
	warnings = warnings_since();
	if (warnings) {
		t.failed++;
		pr_info("# %d warnings that the case does not expect\n", warnings);
	}
	if (platform_free_folios() != pages) {
		t.failed++;
		pr_info("# %d pages of the guest were not given back\n",
			pages - platform_free_folios());
	}
	platform_exit();
	return !t.failed;
}

int test_set_slot(struct test_vm *vm, int id, gfn_t gfn, unsigned long npages,
		  unsigned long host_index, u32 flags)
{
	struct kvm_userspace_memory_region mem = {
		.slot = id,
		.flags = flags,
		.base_gfn = gfn,
		.npages = npages,
		.userspace_addr = vm->mm->base + host_index * PAGE_SIZE,
	};

	return kvm_set_memory_region(vm->kvm, &mem);
}

bool test_vm_create(struct test *t, struct test_vm *vm, unsigned int flags,
		    unsigned long npages, int nr_vcpus)
{
	int i;

	memset(vm, 0, sizeof(*vm));
	vm->npages = npages;
	vm->mm = host_mm_create(npages);
	EXPECT(t, vm->mm);
	if (!vm->mm)
		return false;
	vm->kvm = kvm_create_vm(vm->mm, flags);
	EXPECT(t, vm->kvm);
	if (!vm->kvm) {
		host_mm_destroy(vm->mm);
		return false;
	}
	for (i = 0; i < nr_vcpus; i++) {
		vm->vcpu[i] = kvm_create_vcpu(vm->kvm);
		EXPECT(t, vm->vcpu[i]);
	}
	EXPECT(t, test_set_slot(vm, 0, TEST_GFN, npages, 0, 0) == 0);
	return !t->failed;
}

void test_vm_destroy(struct test *t, struct test_vm *vm)
{
	kvm_put_kvm(vm->kvm);
	host_mm_destroy(vm->mm);
}

u64 test_spte(struct kvm_vcpu *vcpu, gpa_t addr, int *level)
{
	u64 *table, spte = 0;
	int l;

	if (!VALID_PAGE(vcpu->arch.mmu->root))
		return 0;
	table = __va(vcpu->arch.mmu->root);
	for (l = PG_LEVEL_ROOT; l >= PG_LEVEL_4K; l--) {
		spte = READ_ONCE(table[spte_index(gpa_to_gfn(addr), l)]);
		*level = l;
		if (!is_shadow_present_pte(spte))
			return 0;
		if (is_last_spte(spte, l))
			break;
		table = __va(spte & SPTE_PFN_MASK);
	}
	return spte;
}
