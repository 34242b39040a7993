// SPDX-License-Identifier: GPL-2.0-only
#include <linux/types.h>
#include <linux/export.h>
#include "vm.h"

void clear_entries(struct vm *vm);
void flush(struct vm *vm);
void needs_window(struct vm *vm);

static int free_page(struct vm *vm)
{
	return --vm->pages;
}

/* The header calls them otherwise. */
int vm_zap(struct vm *v, int many)
{
	int i, left = 0;

	lockdep_assert_held_write(&v->mmu_lock);
	for (i = 0; i < many; i++)
		left = free_page(v);
	return left;
}

int cpu_peek(struct cpu *cpu)
{
	lockdep_assert_held(&cpu->vm->mmu_lock);
	return cpu->vm->pages;
}

static void age(struct vm *vm, bool shared) {
	if (!shared)
		lockdep_assert_held_write(&vm->mmu_lock);
	vm->slots++;
}

#define COUNT count_one
#include "count.h"
#undef COUNT
#define COUNT count_two
#include "count.h"

/* Either lock will do. */
static int lookup(struct vm *vm)
{
	lockdep_assert_once(lockdep_is_held(&vm->slots_lock) ||
			    lockdep_is_held(&vm->other_lock));
	return vm->slots;
}

/* Not every caller has it. */
static int sometimes(struct vm *vm)
{
	return vm->slots;
}

static int locked_lookup(struct vm *vm)
{
	int n;

	mutex_lock(&vm->slots_lock);
	n = lookup(vm);
	mutex_unlock(&vm->slots_lock);
	return n;
}

/* One takes it, another drops it; a third drops it and takes it again. */
static void begin(struct vm *vm)
{
	write_lock(&vm->mmu_lock);
}

static void end(struct vm *vm)
{
	write_unlock(&vm->mmu_lock);
}

static int zap(struct vm *vm, bool can_yield)
{
	vm->pages--;
	return can_yield && cond_resched_rwlock_write(&vm->mmu_lock);
}

/* What is returned says whether it was taken; whether a flush is owed. */
static int try_begin(struct vm *vm)
{
	if (vm->pages)
		return -1;
	return write_trylock(&vm->mmu_lock) ? 0 : -1;
}

static void *try_end(struct vm *vm, void *next)
{
	if (!next)
		write_unlock(&vm->mmu_lock);
	return next;
}

static bool clear(struct vm *vm)
{
	if (!vm->pages)
		return false;
	clear_entries(vm);
	return true;
}

/* True may mean something else: there is no word. */
static bool clear_some(struct vm *vm, bool really)
{
	if (really) {
		clear_entries(vm);
		return true;
	}
	return vm->slots;
}

/* A counter is raised, and lowered; one that may be left as it is has no word. */
static void open_window(struct vm *vm)
{
	vm->windows++;
}

static void close_window(struct vm *vm)
{
	vm->windows--;
}

static void may_close_window(struct vm *vm, bool close)
{
	if (close)
		vm->windows--;
}

static int unmap(struct vm *vm)
{
	needs_window(vm);
	return vm->pages;
}

static int run_more(struct vm *vm, void *next)
{
	int n = 0;

	if (try_begin(vm))
		return 0;
	open_window(vm);
	n += unmap(vm);
	if (clear(vm) || clear_some(vm, true))
		flush(vm);
	n += clear_some(vm, false);
	open_window(vm);
	may_close_window(vm, n);
	close_window(vm);
	if (try_end(vm, next))
		write_unlock(&vm->mmu_lock);
	return n;
}

int vm_run(struct cpu *cpu)
{
	struct vm *vm = cpu->vm;
	int n = locked_lookup(vm) + sometimes(vm) + run_more(vm, cpu);

	read_lock(&vm->mmu_lock);
	n += cpu_peek(cpu) + count_one(vm);
	age(vm, true);
	read_unlock(&vm->mmu_lock);

	write_lock(&vm->mmu_lock);
	n += vm_zap(vm, 1) + sometimes(vm) + count_two(vm) + vm_slots(vm);
	age(vm, false);
	write_unlock(&vm->mmu_lock);

	mutex_lock(&vm->other_lock);
	n += lookup(vm);
	mutex_unlock(&vm->other_lock);

	begin(vm);
	n += zap(vm, true) + zap(vm, false);
	end(vm);
	return n;
}
EXPORT_SYMBOL_GPL(vm_run);
