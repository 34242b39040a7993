// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top spte-access
#include "kvm.h"

typedef u64 *tdp_ptep_t;

#define READ_ONCE(x)		(*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v)	(*(volatile typeof(x) *)&(x) = (v))

struct tdp_iter {
	tdp_ptep_t sptep;
	u64 old_spte;
};

u64 *rcu_dereference(tdp_ptep_t sptep);
u64 mmu_spte_get_lockless(u64 *sptep);
void walk_shadow_page_lockless_begin(struct kvm_vcpu *vcpu);
void walk_shadow_page_lockless_end(struct kvm_vcpu *vcpu);

u64 read_ok(tdp_ptep_t sptep)
{
	return READ_ONCE(*rcu_dereference(sptep));
}

void write_ok(struct tdp_iter *iter, u64 spte)
{
	WRITE_ONCE(*rcu_dereference(iter->sptep), spte);
}

u64 lockless_ok(struct kvm_vcpu *vcpu, u64 *sptep)
{
	u64 spte;

	walk_shadow_page_lockless_begin(vcpu);
	spte = mmu_spte_get_lockless(sptep);
	walk_shadow_page_lockless_end(vcpu);
	return spte;
}

/* Nobody else writes it. */
u64 exclusive_ok(struct kvm *kvm, u64 *sptep)
{
	u64 spte;

	write_lock(&kvm->mmu_lock);
	spte = *sptep;
	write_unlock(&kvm->mmu_lock);
	return spte;
}

u64 no_rcu_bad(tdp_ptep_t sptep)
{
	return *sptep;
}

void no_rcu_member_bad(struct tdp_iter *iter, u64 spte)
{
	*iter->sptep = spte;
}

u64 plain_bad(struct tdp_iter *iter)
{
	return *rcu_dereference(iter->sptep);
}

u64 lockless_bad(struct kvm_vcpu *vcpu, u64 *sptep)
{
	u64 spte;

	walk_shadow_page_lockless_begin(vcpu);
	spte = *sptep;
	walk_shadow_page_lockless_end(vcpu);
	return spte;
}

void shared_bad(struct kvm *kvm, u64 *sptep)
{
	read_lock(&kvm->mmu_lock);
	*sptep = 0;
	read_unlock(&kvm->mmu_lock);
}
