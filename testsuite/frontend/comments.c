// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | grep ^comment | FileCheck-19 --match-full-lines --implicit-check-not=comment %s
//
// Which lines a comment is about, and what it says.

struct vm { int n; };
void use(int a, int b);

void example(struct vm *vm)
{
	/* A comment that only mentions mmucheck: none. */

	// CHECK: comment comments.c:[[@LINE+1]]:2:[[@LINE+3]] allow(x) up to the semicolon
	/* mmucheck: allow(x)   up to	the semicolon */
	use(vm->n,
	    vm->n + 1);
	// CHECK-NEXT: comment comments.c:[[@LINE+1]]:17:[[@LINE+1]] behind
	use(vm->n, 1); // mmucheck: behind
	// CHECK-NEXT: comment comments.c:[[@LINE+1]]:2:[[@LINE+8]] two lines
	/*
	 * mmucheck: two
	 *           lines
	 */

	// between
	for (int i = 0; i < vm->n; i++)
		use(i, 1);
	// CHECK-NEXT: comment comments.c:[[@LINE+1]]:2:[[@LINE+2]] up to the brace
	// mmucheck: up to the brace
	if (vm->n) {
		// CHECK-NEXT: comment comments.c:[[@LINE+1]]:3:[[@LINE+2]] the block ends
		// mmucheck: the block ends
	}
	// CHECK-NEXT: comment comments.c:[[@LINE+1]]:2:[[@LINE+1]] d?j?
	// mmucheck: déjà
#define OTHER	1
	// CHECK-NEXT: comment comments.c:[[@LINE+1]]:2:[[@LINE+2]] ?
	/* mmucheck: */
	use(OTHER, 0);
#if 0
	// mmucheck: not compiled
#endif
}
