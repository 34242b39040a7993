// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -m32 %s | %check
// RUN: %judge %s | not grep gpa-width
//
// What a 64-bit host has room for is lost on one of 32 bits: in an unsigned long, in
// the shift of one, and by a mask that is computed in one.
#include <linux/kvm_types.h>

static gpa_t address_of(unsigned long gfn)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: (gfn << 12), a gpa of 64 bits, is cut to 32 [gpa-width]
	return gfn << 12;
}

gpa_t passed_bad(gfn_t gfn)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn, a gfn of 64 bits, is cut to 32 [gpa-width]
	return address_of(gfn);
}

gfn_t rounded_bad(gfn_t gfn, int level)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn, a gfn of 64 bits, is masked to 32 [gpa-width]
	return gfn & -(1UL << level);
}

gpa_t page_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is masked to 32 [gpa-width]
	return gpa & ~(4096UL - 1);
}
