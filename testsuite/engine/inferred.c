// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s > %t.facts
// RUN: %mmucheck contracts --annotations=%annotations %t.facts | %check
//
// What all callers hold is a contract that nobody wrote: also by mode, also of a
// function that has nothing to do with the lock, also one of two.

#include <linux/kvm_host.h>

static int count(struct kvm *kvm)
{
	return refcount_read(&kvm->users_count);
}

static int age(struct kvm *kvm, bool shared)
{
	return count(kvm) + shared;
}

static int lookup(struct kvm *kvm)
{
	return refcount_read(&kvm->users_count);
}

int age_read(struct kvm *kvm)
{
	int r, idx = srcu_read_lock(&kvm->srcu);

	read_lock(&kvm->mmu_lock);
	r = age(kvm, true);
	read_unlock(&kvm->mmu_lock);
	r += lookup(kvm);
	srcu_read_unlock(&kvm->srcu, idx);
	return r;
}

int age_write(struct kvm *kvm)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	write_lock(&kvm->mmu_lock);
	r = age(kvm, false);
	write_unlock(&kvm->mmu_lock);
	r += lookup(kvm);
	mutex_unlock(&kvm->slots_lock);
	return r;
}

// CHECK: count(): called with kvm.mmu_lock for read or write
// CHECK: age(): called with kvm.mmu_lock for read if shared, for write if not
// CHECK: lookup(): called with kvm.slots_lock or kvm.srcu
