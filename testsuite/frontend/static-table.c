// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | FileCheck-19 --implicit-check-not='{{^}}slot ' %s
//
// A table of functions may stand in the body of the only one that uses it.

struct ops { int (*handle)(int n); int limit; };

static int handle(int n) { return n; }
extern int with(const struct ops *ops);

// CHECK: slot ops.handle @handle $begin'ops
int begin(void)
{
	static const struct ops ops = { .handle = handle };
	static int calls;

	return with(&ops) + calls++;
}
