// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/alias.contracts | %check
//
// A member and a function that are called otherwise than in the rows, and one member
// that is not, since there are both.
#include <linux/spinlock.h>

struct vm {
	rwlock_t lock;
	int number;
	int there, pages;
};

static void zap_old(struct vm *vm)
{
	vm->pages++;
}

void locked_ok(struct vm *vm)
{
	write_lock(&vm->lock);
	vm->number++;
	vm->pages++;
	zap_old(vm);
	write_unlock(&vm->lock);
}

void member_bad(struct vm *vm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: vm.count is written without vm.lock for write [guarded-by]
	vm->number = 1;
}

void function_bad(struct vm *vm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap_old() is called without vm.lock for write [lock-held]
	zap_old(vm);
}

void both_ok(struct vm *vm)
{
	vm->there = 1;
}
