// SPDX-License-Identifier: GPL-2.0-only
// RUN: mmucheck-facts --out - -- -m32 --arch=x86 -c %s | FileCheck-19 %s
// RUN: not mmucheck-facts --out - -- -m32 --arch=x86 -DWRONG -c %s 2>&1 | FileCheck-19 --check-prefix=WRONG %s
//
// gcc puts a long long into one register of 32 bits if that is all there is; Clang
// calls it an error. What is inside an asm statement is no concern of a fact; what
// else is wrong with the file still is.

// CHECK: func swap global
// CHECK: old = ?
// CHECK: return old
// WRONG: [[@LINE+5]]:9: use of undeclared identifier 'oldest'
unsigned long long swap(unsigned long long *at)
{
	unsigned long long old;
#ifdef WRONG
	return oldest;
#endif
	asm volatile("cmpxchg8b %1" : "=a"(old), "+m"(*at));
	return old;
}
