// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What a call by pointer may mean is asked like what is called by name.
#include <linux/kvm_types.h>

struct ops { u64 (*frame)(gfn_t gfn); void (*number)(u32 n); };

static u64 first(gfn_t gfn)
{
	return gfn + 1;
}

static const struct ops ops = { .frame = first };

u64 mixed_bad(const struct ops *other, gpa_t gpa)
{
	// CHECK: :[[@LINE+2]]:{{.*}}warning: gpa, a gpa, is used as a gfn [gpa-width]
	// CHECK: note: it is passed to first()
	return other->frame(gpa);
}

void narrowed_bad(const struct ops *other, gpa_t gpa)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gpa, a gpa of 64 bits, is cut to 32 [gpa-width]
	other->number(gpa);
}
