// SPDX-License-Identifier: GPL-2.0-only
// RUN: rm -rf %t && mkdir %t
// RUN: clang-19 -fplugin=%bin/mmucheck.so -DBODY=1 -c %s -o %t/plugin.o
// RUN: mmucheck-facts --out %t/alone.facts -- -DBODY=1 -c %s
// RUN: cmp %t/alone.facts %t/plugin.o.facts
// RUN: test -s %t/plugin.o
//
// The plugin leaves the same bytes beside the object as the tool does.
//
// RUN: not clang-19 -fplugin=%bin/mmucheck.so -fplugin-arg-mmucheck-colour=1 -c %s -o %t/no.o 2>&1 | FileCheck-19 %s
// RUN: not clang-19 -fplugin=%bin/mmucheck.so -DBROKEN -c %s -o %t/broken.o
// RUN: not test -e %t/broken.o.facts
// RUN: clang-19 -fplugin=%bin/mmucheck.so -fsyntax-only %s
//
// CHECK: error: -fplugin-arg-mmucheck-colour=1: expected root=, scope=, macros= or out=

#ifdef BROKEN
int broken = ;
#endif

int plus(int a)
{
#ifdef BODY
	return a + BODY;
#else
	return a;
#endif
}
