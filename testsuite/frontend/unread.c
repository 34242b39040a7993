// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s >%t.facts
// RUN: FileCheck-19 %s <%t.facts
// RUN: mmucheck stats --bare %t.facts | FileCheck-19 --check-prefix=STATS %s
//
// A body that Clang has no graph for is not silently dropped: its break leaves
// a loop that it is not yet in.

// CHECK: func good global
int good(int a)
{
	return a;
}

// CHECK: unread odd static unread.c:[[@LINE+4]]:12:[[@LINE+9]] #i32 Clang has no control flow graph for it
// CHECK-NOT: odd
// CHECK: func user global
// CHECK: call @odd(a)
static int odd(int a)
{
	while (({ if (a) break; a; }))
		a++;
	return a;
}

int user(int a)
{
	return odd(a);
}

// STATS: functions  2 read, 1 unread
// STATS: unread.c:19:12: not read: odd(): Clang has no control flow graph for it
