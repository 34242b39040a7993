// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | FileCheck-19 %s
//
// What is exported, to all modules or to some, has callers out of sight.

#define EXPORT_SYMBOL_GPL(sym)
#define EXPORT_SYMBOL_FOR_MODULES(sym, modules)

// CHECK: func to_all global {{.*}} export
void to_all(void) { }
EXPORT_SYMBOL_GPL(to_all);

// CHECK: func to_nobody global {{.*}} #void{{$}}
void to_nobody(void) { }

// CHECK: func to_some global {{.*}} export
void to_some(void) { }
EXPORT_SYMBOL_FOR_MODULES(to_some, "one,other");
