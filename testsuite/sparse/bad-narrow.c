// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: sparse
// RUN: %sparse-off 2>&1 | %check
// RUN: %sparse-narrow 2>&1 | %check --check-prefix=NARROW
// RUN: gcc -std=gnu11 -Wall -Werror -fsyntax-only -I%annotations -I%S/Inputs %s
//
// An address that is cut to 32 bits, by an assignment, an argument, a result or a
// member.
#include "types.h"

struct fault {
	u32 error_code;
};

static void take(u32 value)
{
	(void)value;
}

static u32 result_bad(gpa_t gpa)
{
	// NARROW: :[[@LINE+1]]:{{.*}}warning: implicit cast from nocast type
	return gpa;
}

static void variable_bad(gfn_t gfn, struct fault *fault)
{
	// NARROW: :[[@LINE+1]]:{{.*}}warning: implicit cast from nocast type
	u32 low = gfn;

	// NARROW: :[[@LINE+1]]:{{.*}}warning: implicit cast from nocast type
	take(gfn);
	// NARROW: :[[@LINE+1]]:{{.*}}warning: implicit cast from nocast type
	fault->error_code = gfn;
	(void)low;
}

static u32 meant_ok(gfn_t gfn)
{
	return (__address_force u32)gfn;
}

static gpa_t arithmetic_ok(gpa_t gpa)
{
	return (gpa & ~0xfffull) + 8;
}

int main(void)
{
	struct fault fault;
	gpa_t gpa = 0ull;
	gfn_t gfn = 0ull;

	variable_bad(gfn, &fault);
	return result_bad(gpa) + meant_ok(gfn) + !!arithmetic_ok(gpa);
}
