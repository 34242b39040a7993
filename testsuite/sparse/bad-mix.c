// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: sparse
// RUN: %sparse-mix 2>&1 | %check
// RUN: not %mixed 2>&1 | %check --check-prefix=MIXED
// RUN: gcc -std=gnu11 -Wall -Werror -fsyntax-only -I%annotations -I%S/Inputs %s
//
// A gpa is no gfn, a guest's address is no host's, and arithmetic goes through the
// functions that are meant for it. mixed.awk leaves the last out.
#include "types.h"

static gfn_t no_shift_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+2]]:{{.*}}warning: incorrect type in return expression
	// MIXED: :[[@LINE+1]]:{{.*}}warning: incorrect type in return expression
	return gpa;
}

static hpa_t guest_for_host_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+2]]:{{.*}}warning: incorrect type in return expression
	// MIXED: :[[@LINE+1]]:{{.*}}warning: incorrect type in return expression
	return gpa;
}

static u64 degrades_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: restricted gpa_t degrades to integer
	return gpa >> PAGE_SHIFT;
}

static gfn_t shift_ok(gpa_t gpa)
{
	return gpa_to_gfn(gpa);
}

static hpa_t translate_ok(kvm_pfn_t pfn)
{
	return pfn_to_hpa(pfn);
}

static int equal_ok(gpa_t a, gpa_t b)
{
	return a == b;
}

int main(void)
{
	return !!no_shift_bad(0) + !!guest_for_host_bad(0) + !!degrades_bad(0) +
	       !!shift_ok(0) + !!translate_ok(0) + equal_ok(0, 0);
}
