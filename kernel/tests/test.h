/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tests: a case is a function, a suite is a file.  The same cases run in user space
 * (main.c) and when the module is loaded (../module.c), and report as TAP.
 */
#ifndef MMU_TEST_H
#define MMU_TEST_H

#include "../mmu_internal.h"

/**
 * struct test - a case that runs
 * @failed: number of expectations that were not met
 * @seconds: how long a stress test should last
 */
struct test {
	int failed;
	int seconds;
};

struct test_case {
	const char *name;
	void (*run)(struct test *t);
};

/* A suite ends with a case without a name. */
struct test_suite {
	const char *name;
	const struct test_case *cases;
};

extern const struct test_suite *const test_suites[];
extern const struct test_suite memslot_suite, fault_suite, invalidate_suite, tdp_suite;
extern const struct test_suite shadow_suite, dirty_suite, age_suite, nx_suite, gmem_suite;
extern const struct test_suite stress_suite;

void test_fail(struct test *t, const char *file, int line, const char *what);

/* run_test_case - run it in a clean world; true if it passed */
bool run_test_case(const struct test_suite *suite, const struct test_case *c, int seconds);

/* warnings_since - the number of kernel warnings since the last call */
int warnings_since(void);

void test_msleep(int ms);

/* test_force_yield - let each n-th question for a yield say yes; 0 for only the true ones */
void test_force_yield(int n);

#define EXPECT(t, c) do {						\
	if (!(c))							\
		test_fail(t, __FILE__, __LINE__, #c);			\
} while (0)

/* ---- a VM to test with (vm.c) ---- */

/* Above 4 GiB: an address that is cut to 32 bits is another one */
#define TEST_GFN	0x180000ull
#define TEST_GPA	(TEST_GFN << PAGE_SHIFT)

#include "../sim/sim.h"
#include "../spte.h"
#include "../vm.h"

/**
 * struct test_vm - a VM with one slot, number 0, at TEST_GFN
 */
struct test_vm {
	struct host_mm *mm;
	struct kvm *kvm;
	struct kvm_vcpu *vcpu[KVM_MAX_VCPUS];
	unsigned long npages;
};

bool test_vm_create(struct test *t, struct test_vm *vm, unsigned int flags,
		    unsigned long npages, int nr_vcpus);
void test_vm_destroy(struct test *t, struct test_vm *vm);
int test_set_slot(struct test_vm *vm, int id, gfn_t gfn, unsigned long npages,
		  unsigned long host_index, u32 flags);

static inline gpa_t test_gpa(unsigned long page)
{
	return TEST_GPA + ((gpa_t)page << PAGE_SHIFT);
}

/* Is the page mapped for @vcpu just now: 0, or the SPTE */
u64 test_spte(struct kvm_vcpu *vcpu, gpa_t addr, int *level);

/* Call in a read section of kvm->srcu what needs one. */
#define WITH_SRCU(kvm, stmt) do {					\
	int idx_ = srcu_read_lock(&(kvm)->srcu);			\
	stmt;								\
	srcu_read_unlock(&(kvm)->srcu, idx_);				\
} while (0)

/* Numbers that are the same in each run, and in the kernel */
static inline u32 test_random(u32 *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

#endif
