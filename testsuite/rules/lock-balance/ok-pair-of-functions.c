// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Taken in one function and dropped in another: the callers show the pair.

#include <linux/kvm_host.h>

static void walk_begin(struct kvm_vcpu *vcpu, bool lockless)
{
	if (lockless)
		rcu_read_lock();
	else
		read_lock(&vcpu->kvm->mmu_lock);
}

static void walk_end(struct kvm_vcpu *vcpu, bool lockless)
{
	if (lockless)
		rcu_read_unlock();
	else
		read_unlock(&vcpu->kvm->mmu_lock);
}

void walk(struct kvm_vcpu *vcpu, bool lockless)
{
	walk_begin(vcpu, lockless);
	vcpu->arch.root = 0;
	walk_end(vcpu, lockless);
}
