// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What a walk has found is good until its end: of a section of RCU, or of one with
// interrupts off.

#include <linux/kvm_host.h>

u64 *kvm_tdp_mmu_fast_pf_get_last_sptep(struct kvm_vcpu *vcpu, gfn_t gfn);
struct kvm_mmu_page *sptep_to_sp(u64 *sptep);
void trace_fault(u64 *sptep, u64 spte);

u64 inside(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	u64 *sptep, spte = 0;

	rcu_read_lock();
	sptep = kvm_tdp_mmu_fast_pf_get_last_sptep(vcpu, gfn);
	if (sptep)
		spte = *sptep;
	rcu_read_unlock();
	trace_fault(sptep, spte);
	return spte;
}

u64 behind_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	u64 *sptep;

	rcu_read_lock();
	sptep = kvm_tdp_mmu_fast_pf_get_last_sptep(vcpu, gfn);
	rcu_read_unlock();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_tdp_mmu_fast_pf_get_last_sptep() returned is used after rcu or irqs-off has ended [rcu-tdp-walk]
	return *sptep;
}

void written_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	u64 *sptep;

	rcu_read_lock();
	sptep = kvm_tdp_mmu_fast_pf_get_last_sptep(vcpu, gfn);
	rcu_read_unlock();
	rcu_read_lock();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_tdp_mmu_fast_pf_get_last_sptep() returned is used after rcu or irqs-off has ended [rcu-tdp-walk]
	*sptep = 0;
	rcu_read_unlock();
}

/* The page that it is in lasts no longer. */
int page_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_mmu_page *sp;

	rcu_read_lock();
	sp = sptep_to_sp(kvm_tdp_mmu_fast_pf_get_last_sptep(vcpu, gfn));
	rcu_read_unlock();
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what sptep_to_sp() returned is used after rcu or irqs-off has ended [rcu-tdp-walk]
	return sp->role.level;
}

/* Under mmu_lock nobody frees it. */
int locked(struct kvm_vcpu *vcpu, u64 *sptep)
{
	struct kvm_mmu_page *sp;
	int level;

	write_lock(&vcpu->kvm->mmu_lock);
	sp = sptep_to_sp(sptep);
	rcu_read_lock();
	rcu_read_unlock();
	level = sp->role.level;
	write_unlock(&vcpu->kvm->mmu_lock);
	return level;
}
