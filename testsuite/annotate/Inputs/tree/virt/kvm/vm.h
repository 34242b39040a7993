/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VM_H
#define VM_H

#include <linux/mutex.h>
#include <linux/spinlock.h>

struct cpu;

/* struct cpu is not known here yet: the definition has to say it. */
int cpu_peek(struct cpu *cpu);

struct vm {
	rwlock_t mmu_lock;
	struct mutex slots_lock;
	struct mutex other_lock;
	int pages, slots;
	int windows;
};

struct cpu {
	struct vm *vm;
};

int vm_zap(struct vm *vm, int n);

static inline int vm_slots(struct vm *vm)
{
	return vm->slots;
}

#endif
