// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s > %t.facts
// RUN: %mmucheck stats --annotations=%annotations %t.facts | %check
// RUN: %facts -DNONE %s > %t.none.facts
// RUN: %mmucheck stats --annotations=%annotations %t.none.facts | %check --check-prefix=NONE
//
// A site is an instruction at which an address may be cut, or meets another.
#include <linux/kvm_types.h>

#ifndef NONE
extern void use(u32 n);

int three(gpa_t gpa, gfn_t gfn)
{
	gfn_t frame = gpa >> 12;
	u64 offset = gpa & 4095;

	if (gpa < 4096)
		use(gpa);
	return offset + (frame == gfn);
}
#else
int none(u64 a, u64 b)
{
	return a == b;
}
#endif

// CHECK: sites      3 of gpa-width
// NONE: sites      0 of gpa-width: nothing here is meant by it
