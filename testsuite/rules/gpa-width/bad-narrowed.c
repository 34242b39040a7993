// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A gpa or gfn loses its upper half wherever it is put into 32 bits: by itself, by
// a cast, as an argument, as a result, in a bitfield.
#include <linux/kvm_types.h>

struct slot { u32 base; unsigned int first:20; unsigned int id:12; };
extern void out_of_sight(int n);

void assigned_bad(struct slot *slot, gfn_t gfn)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn, a gfn of 64 bits, is cut to 32 [gpa-width]
	slot->base = gfn;
}

gfn_t cast_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: (gpa >> 12), a gfn of 64 bits, is cut to 32 [gpa-width]
	return (u32)(gpa >> 12);
}

void passed_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	out_of_sight(gpa);
}

int returned_bad(gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	return gpa;
}

void bitfield_bad(struct slot *slot, gfn_t gfn)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gfn, a gfn of 64 bits, is put into a bitfield of 20 [gpa-width]
	slot->first = gfn;
}
