// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | FileCheck-19 %s --implicit-check-not='{{^}}head '
//
// Where a contract could stand: behind the first declaration that names its
// parameters, when what they point to is known by then.
struct late;
struct vm { int n; struct late *late; };
struct cpu { struct vm *vm; };

int named(struct cpu *c, int how);
int unnamed(struct cpu *, int);
int early(struct vm *vm);
struct late { int n; };

// CHECK: head early {{.*}}heads.c:[[@LINE+1]]:25 own
int early(struct vm *own) { return own->n; }
// CHECK-NEXT: head named {{.*}}heads.c:10:33 c how
int named(struct cpu *cpu, int n) { return cpu->vm->n + n; }
// CHECK-NEXT: head unnamed {{.*}}heads.c:[[@LINE+1]]:35 cpu n
int unnamed(struct cpu *cpu, int n) { return early(cpu->vm) + n; }

// Nothing can stand inside of a macro.
#define MAKE(name) int name(struct vm *vm) { return vm->n; }
MAKE(made)
