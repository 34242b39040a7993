// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: sparse
// RUN: %sparse-narrow 2>&1 | %check
//
// What sparse does not see: nocast is lost in arithmetic, and a cast says that it
// is meant. What it sees and is nothing: a constant that is an int, where 0ull is
// none.
#include "types.h"

static u32 fn_sum(gpa_t gpa)
{
	return gpa + 1;
}

static u32 fn_cast(gpa_t gpa)
{
	return (u32)gpa;
}

static gfn_t fn_no_shift(gpa_t gpa)
{
	return gpa;
}

static gpa_t fp_zero(void)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: implicit cast to nocast type
	gpa_t gpa = 0;

	return gpa;
}

int main(void)
{
	gpa_t gpa = 0ull;

	return fn_sum(gpa) + fn_cast(gpa) + !!fn_no_shift(gpa) +
	       !!fp_zero();
}
