// SPDX-License-Identifier: GPL-2.0-only
// RUN: mmucheck-facts --out - -- -c %s | FileCheck-19 %s
//
// Members of unnamed records, however deep, are spelled as the outer one's own.
struct features {
	union {
		struct {
			unsigned long : 4;
			unsigned long ap : 1;
			unsigned long ap_intr : 1;
		};
		unsigned long all;
	};
	int last;
};

// CHECK: clear literal'1{{$}}
// CHECK-NEXT: literal'1.ap = 1
// CHECK-NEXT: literal'1.ap_intr = 2
// CHECK-NEXT: literal'1.last = 3
unsigned long mask(void)
{
	return ((struct features){ .ap = 1, .ap_intr = 2, .last = 3 }).all;
}
