// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts -DBEFORE=0 %s >%t.0
// RUN: %facts -DBEFORE=1 %s >%t.1
// RUN: cmp %t.0 %t.1
// RUN: FileCheck-19 %s <%t.0
//
// A name that ends in __COUNTER__ is spelled alike whatever was counted before:
// an inline function is the same in every unit.

#define paste2(a, b)	a##b
#define paste(a, b)	paste2(a, b)
#define least2(x, y, a, b) ({ typeof(x) a = (x); typeof(y) b = (y); a < b ? a : b; })
#define least(x, y)	least2(x, y, paste(one_, __COUNTER__), paste(two_, __COUNTER__))

#if BEFORE
enum { before = __COUNTER__ };
#else
enum { before = 1 };
#endif

// CHECK: local one_ #i32
// CHECK: local two_ #i32
// CHECK: local mine2 #i32
// CHECK: local one_'2 #i32
// CHECK: local two_'2 #i32
int least_of_three(int a, int b, int c)
{
	int mine2 = least(a, b);

	return least(mine2, c);
}
