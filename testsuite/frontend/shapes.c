// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | FileCheck-19 --implicit-check-not=unread %s
//
// Newer and rarer shapes of C: each one is read.

extern int lock(int *l), work(int n);
extern void drop(int *l);

// A guard is dropped on the way out of the loop and at the end of each round.
// CHECK: func guarded global
// CHECK: [[G:[a-z]+]] = %{{[0-9]}}
// CHECK: return 1
// CHECK-NEXT: call @drop(&[[G]])
// CHECK-NEXT: exit
// CHECK: call @drop(&[[G]])
int guarded(int *l, int n)
{
	while (n--) {
		int held __attribute__((cleanup(drop))) = lock(l);

		if (work(n))
			return 1;
	}
	return 0;
}

// CHECK: func ranges global
// CHECK: switch n 9:b{{[0-9]+}} 1..4:b{{[0-9]+}} else:b{{[0-9]+}}
int ranges(int n)
{
	switch (n) {
	case 1 ... 4:
		return work(1);
	case 9:
		return work(9);
	}
	return 0;
}

// CHECK: func jumps global
// CHECK: any b{{[0-9]+}} b{{[0-9]+}}
int jumps(int n)
{
	asm goto("" : : : : out);
	return n;
out:
	return work(n);
}

// CHECK: func computed global
// CHECK: any b{{[0-9]+}} b{{[0-9]+}}
int computed(int n)
{
	void *to[] = { &&one, &&two };

	goto *to[n];
one:
	return work(1);
two:
	return work(2);
}

// CHECK: func chosen global
// CHECK: %1 = call @work(n)
// CHECK: return (%1 ? %1 : 7)
int chosen(int n)
{
	return _Generic(n, int : work, default : 0)(n) ?: 7;
}
