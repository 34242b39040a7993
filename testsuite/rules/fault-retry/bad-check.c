// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The check counts under the mmu_lock that the install is under, and if it says no.

#include <linux/kvm_host.h>

bool is_page_fault_stale(struct kvm_vcpu *vcpu, void *fault);
int mmu_topup_memory_caches(struct kvm_vcpu *vcpu, bool maybe_indirect);
int kvm_tdp_mmu_map(struct kvm_vcpu *vcpu, void *fault);

void checked(struct kvm_vcpu *vcpu, void *fault)
{
	if (mmu_topup_memory_caches(vcpu, false))
		return;
	read_lock(&vcpu->kvm->mmu_lock);
	if (!is_page_fault_stale(vcpu, fault))
		kvm_tdp_mmu_map(vcpu, fault);
	read_unlock(&vcpu->kvm->mmu_lock);
}

void never_bad(struct kvm_vcpu *vcpu, void *fault)
{
	if (mmu_topup_memory_caches(vcpu, false))
		return;
	read_lock(&vcpu->kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_tdp_mmu_map() is called without kvm.fault_checked [fault-retry]
	kvm_tdp_mmu_map(vcpu, fault);
	read_unlock(&vcpu->kvm->mmu_lock);
}

void too_early_bad(struct kvm_vcpu *vcpu, void *fault)
{
	if (mmu_topup_memory_caches(vcpu, false))
		return;
	if (is_page_fault_stale(vcpu, fault))
		return;
	read_lock(&vcpu->kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_tdp_mmu_map() is called without kvm.fault_checked [fault-retry]
	kvm_tdp_mmu_map(vcpu, fault);
	read_unlock(&vcpu->kvm->mmu_lock);
}

void yielded_bad(struct kvm_vcpu *vcpu, void *fault)
{
	if (mmu_topup_memory_caches(vcpu, false))
		return;
	read_lock(&vcpu->kvm->mmu_lock);
	if (is_page_fault_stale(vcpu, fault))
		goto out;
	cond_resched_rwlock_read(&vcpu->kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_tdp_mmu_map() is called without kvm.fault_checked [fault-retry]
	kvm_tdp_mmu_map(vcpu, fault);
out:
	read_unlock(&vcpu->kvm->mmu_lock);
}

void inverted_bad(struct kvm_vcpu *vcpu, void *fault)
{
	if (mmu_topup_memory_caches(vcpu, false))
		return;
	read_lock(&vcpu->kvm->mmu_lock);
	if (is_page_fault_stale(vcpu, fault))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_tdp_mmu_map() is called without kvm.fault_checked [fault-retry]
		kvm_tdp_mmu_map(vcpu, fault);
	read_unlock(&vcpu->kvm->mmu_lock);
}
