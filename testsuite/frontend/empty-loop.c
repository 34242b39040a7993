// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | FileCheck-19 --implicit-check-not=b3 %s
//
// "do { } while (0)" is nothing.

extern void one(void);

// CHECK: call @one()
// CHECK-NEXT: goto b2
// CHECK-NEXT: b2
// CHECK-NEXT: call @one()
void twice(void)
{
	one();
	do { } while (0);
	one();
}
