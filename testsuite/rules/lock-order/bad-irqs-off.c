// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/excuse.contracts | %check
//
// mmu_lock with interrupts off: its holder may wait for this CPU. A row can say where
// nobody does, also of who takes it by a pointer.
#include <linux/kvm_host.h>

static void take_ok(rwlock_t *lock)
{
	unsigned long flags;

	local_irq_save(flags);
	write_lock(lock);
	write_unlock(lock);
	local_irq_restore(flags);
}

static void take_bad(rwlock_t *lock)
{
	unsigned long flags;

	local_irq_save(flags);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is taken inside irqs-off [lock-order]
	write_lock(lock);
	write_unlock(lock);
	local_irq_restore(flags);
}

void last_cpu(struct kvm *kvm);
void last_cpu(struct kvm *kvm)
{
	take_ok(&kvm->mmu_lock);
}

static void inner(struct kvm *kvm)
{
	take_ok(&kvm->mmu_lock);
}

void called_ok(struct kvm *kvm)
{
	inner(kvm);
}

void any_cpu_bad(struct kvm *kvm)
{
	take_bad(&kvm->mmu_lock);
}
