// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A condition asks for one lock or another: who calls with neither is to blame,
// not the helper on the way that others call with one.

#include <linux/kvm_host.h>

static struct kvm_memslots *slots(struct kvm *kvm)
{
	return srcu_dereference_check(kvm->memslots, &kvm->srcu,
				      lockdep_is_held(&kvm->slots_lock));
}

static u64 generation(struct kvm *kvm)
{
	return slots(kvm)->generation;
}

u64 in_section(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu);
	u64 gen = generation(kvm);

	srcu_read_unlock(&kvm->srcu, idx);
	return gen;
}

u64 under_lock(struct kvm *kvm)
{
	u64 gen;

	mutex_lock(&kvm->slots_lock);
	gen = generation(kvm);
	mutex_unlock(&kvm->slots_lock);
	return gen;
}

static u64 with_neither(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: generation() is called without what its assert asks for [lock-held]
	return generation(kvm);
}

u64 (*handler)(struct kvm *kvm) = with_neither;
