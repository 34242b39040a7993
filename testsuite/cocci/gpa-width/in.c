// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top gpa-width
#include "kvm.h"

#define PAGE_SHIFT	12
#define PAGE_MASK	(~0xfffULL)

static gfn_t gpa_to_gfn(gpa_t gpa)
{
	return gpa >> PAGE_SHIFT;
}

struct fault {
	gpa_t addr;
	u32 error;
};

void use(u64 value);

void wide_ok(gpa_t gpa)
{
	gpa_t copy = gpa;
	u64 number = gpa;
	gfn_t gfn = gpa_to_gfn(gpa);

	use(copy + number + gfn);
}

/* The offset in a page fits. */
u32 offset_ok(gpa_t gpa)
{
	u32 offset = gpa & ~PAGE_MASK;

	return offset;
}

/* Said to be meant. */
u32 hash_ok(gfn_t gfn)
{
	u32 hash = (u32)gfn;

	return hash ^ (u32)(gfn >> 32);
}

/* A comparison is not the value. */
int compare_ok(gpa_t a, gpa_t b)
{
	int less = a < b;

	return less;
}

void init_bad(gpa_t gpa)
{
	u32 addr = gpa;
	int gfn = gpa_to_gfn(gpa);
	unsigned int page = gpa >> PAGE_SHIFT;

	use(addr + gfn + page);
}

void assign_bad(struct fault *fault, gfn_t gfn)
{
	u32 low;

	low = fault->addr;
	fault->error = gfn;
	use(low);
}

int return_bad(kvm_pfn_t pfn)
{
	if (!pfn)
		return -EFAULT;
	return pfn + 1;
}
