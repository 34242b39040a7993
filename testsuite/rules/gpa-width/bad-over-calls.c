// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A u64 that only gpas are ever put in is one, over however many calls: it is cut
// where nothing in sight has an address's type.
#include <linux/kvm_types.h>

struct fragment { u64 where; };

static u32 low(u64 addr)
{
	// CHECK: :[[@LINE+5]]:{{.*}}warning: addr, a gpa of 64 bits, is cut to 32 [gpa-width]
	// CHECK: note: where is put there in middle()
	// CHECK: note: frag->where is put there in top()
	// CHECK: note: (gpa + 8) is put there in top()
	// CHECK: note: needs: 64 bits for a gpa (kvm.contracts:
	return addr;
}

static u32 middle(u64 where)
{
	return low(where);
}

u32 top(struct fragment *frag, gpa_t gpa)
{
	frag->where = gpa + 8;
	return middle(frag->where);
}
