// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// fn_: a sum that overflows, the shift of a constant, a range's end for its length,
// and a mask of 32 ones are not seen.
#include <linux/kvm_types.h>

extern void use(u64 n);

static void flush(gfn_t start, u64 npages)
{
	use(start + npages);
}

void fn_end_for_length(gfn_t start, gfn_t end)
{
	flush(start, end);
}

void fn_counted(gfn_t start)
{
	flush(start, 512);
}

u64 fn_low_half(gpa_t gpa)
{
	return gpa & 0xffffffff;
}

gfn_t fn_shifted_constant(gfn_t gfn, int order)
{
	return gfn + (1 << order);
}

int fn_overflow(gpa_t gpa, u64 len)
{
	return gpa + len < gpa;
}
