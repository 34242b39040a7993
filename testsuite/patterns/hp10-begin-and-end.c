// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// begin() and end() ask the same predicate in two calls, which reads memory that
// nobody writes in between.

#include <linux/kvm_host.h>

static bool is_tdp(struct kvm_vcpu *vcpu)
{
	return vcpu->arch.hflags & 4;
}

static void walk_begin(struct kvm_vcpu *vcpu)
{
	if (is_tdp(vcpu))
		rcu_read_lock();
	else
		local_irq_disable();
}

static void walk_end(struct kvm_vcpu *vcpu)
{
	if (is_tdp(vcpu))
		rcu_read_unlock();
	else
		local_irq_enable();
}

u64 read_spte(u64 *sptep);

u64 get_walk(struct kvm_vcpu *vcpu, u64 *sptep, int n)
{
	u64 spte = 0;
	int i;

	walk_begin(vcpu);
	for (i = 0; i < n; i++)
		spte = read_spte(sptep + i);
	walk_end(vcpu);
	return spte;
}
