// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts -I%annotations %s | FileCheck-19 --match-full-lines %s
//
// What the source states of itself is in the facts, in terms of the definition's
// parameters.

#include "mmucheck.h"

struct lock { int raw; };
struct sub { struct lock inner; };

struct vm {
	struct lock lock;
	struct sub sub;
	int users __guarded_by(&lock);
	int *table __pt_guarded_by(&sub.inner);
	int count __guarded_by_member(struct vm, lock);
	struct {
		int hidden __guarded_by(&lock);
	};
};

struct lock all_lock;
int all __guarded_by(&all_lock);

__lock_order(struct vm, lock, struct sub, inner);

void needs(struct vm *vm, int n) __must_hold(&vm->lock) __yields_if(n, &vm->lock);
void takes(struct vm *vm) __acquires(&vm->lock) __must_not_hold(&vm->sub.inner);
int tries(struct vm *vm) __cond_acquires(0, &vm->lock);
void drops(struct vm *vm) __releases_shared(&vm->lock);
void plain(struct vm *vm);

// CHECK: guard $all guarded_by(&$all_lock)
// CHECK-NEXT: guard vm.count guarded_by_member("vm.lock")
// CHECK-NEXT: guard vm.hidden guarded_by(&this->lock)
// CHECK-NEXT: guard vm.table pt_guarded_by(&this->sub.inner)
// CHECK-NEXT: guard vm.users guarded_by(&this->lock)
// CHECK-NEXT: says lock_order("vm.lock", "sub.inner")
// CHECK-NEXT: head needs contracts.c:28:32 vm n
// CHECK-NEXT: head old contracts.c:[[#]]:23 vm
// CHECK-NEXT: decl drops contracts.c:31:6 #void
// CHECK-NEXT: param vm *vm
// CHECK-NEXT: attr release_shared_capability(&vm->lock)
// CHECK-NEXT: decl takes contracts.c:29:6 #void
// CHECK-NEXT: param vm *vm
// CHECK-NEXT: attr acquire_capability(&vm->lock)
// CHECK-NEXT: attr locks_excluded(&vm->sub.inner)
// CHECK-NEXT: decl tries contracts.c:30:5 #i32
// CHECK-NEXT: param vm *vm
// CHECK-NEXT: attr try_acquire_capability(0, &vm->lock)
// CHECK-NEXT: func needs global contracts.c:58:6:70 #void
// CHECK-NEXT: param v *vm
// CHECK-NEXT: param often #i32
// CHECK-NEXT: attr requires_capability(&v->lock)
// CHECK-NEXT: attr yields_if(often, &v->lock)
// CHECK-NEXT: b0
void needs(struct vm *v, int often)
{
	takes(v);
	plain(v);
	v->users++;
	v->count++;
	v->hidden++;
	*v->table = 1;
	all = 1;
	if (tries(v))
		return;
	drops(v);
}

// CHECK: func old global contracts.c:[[@LINE+8]]:6:[[@LINE+10]] #void
// CHECK: attr no_thread_safety_analysis()
// CHECK-NEXT: attr context_unsafe("it has its own 'reasons'", 1)
// CHECK-NEXT: attr owes("tlb_flush", vm)
// CHECK-NEXT: attr requires_capability(&vm->lock)
void old(struct vm *vm)
	__context_unsafe("it has its own \"reasons\"") __owes(tlb_flush, vm)
	__attribute__((exclusive_locks_required(vm->lock)));
void old(struct vm *vm)
{
}
