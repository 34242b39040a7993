// SPDX-License-Identifier: GPL-2.0-only
// RUN: rm -rf %t && mkdir %t
// RUN: clang-19 -O2 -fplugin=%bin/mmucheck.so -fplugin-arg-mmucheck-macros=%annotations/linux-macros.h -c %s -o %t/a.o
// RUN: FileCheck-19 %s <%t/a.o.facts
// RUN: llvm-nm-19 %t/a.o | FileCheck-19 --check-prefix=OBJECT --implicit-check-not=lockdep %s
//
// The facts have the assert, the object that is compiled has the kernel's own
// macro, which is nothing here.

#define lockdep_assert_held(l)	do { (void)(l); } while (0)

// CHECK: call @lockdep_assert_held(lock)
// OBJECT: T locked
void locked(int *lock)
{
	lockdep_assert_held(lock);
}
