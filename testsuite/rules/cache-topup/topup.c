// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Topped up with success, and for each use anew.

#include <linux/kvm_host.h>

int mmu_topup_memory_caches(struct kvm_vcpu *vcpu, bool maybe_indirect);
bool is_page_fault_stale(struct kvm_vcpu *vcpu, void *fault);
int mmu_alloc_direct_roots(struct kvm_vcpu *vcpu);

static int load(struct kvm_vcpu *vcpu)
{
	int r = mmu_topup_memory_caches(vcpu, false);

	if (r)
		return r;
	write_lock(&vcpu->kvm->mmu_lock);
	r = mmu_alloc_direct_roots(vcpu);
	write_unlock(&vcpu->kvm->mmu_lock);
	return r;
}

static int ignored_bad(struct kvm_vcpu *vcpu)
{
	int r;

	mmu_topup_memory_caches(vcpu, false);
	write_lock(&vcpu->kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: mmu_alloc_direct_roots() is called without kvm_vcpu.caches_full [cache-topup]
	r = mmu_alloc_direct_roots(vcpu);
	write_unlock(&vcpu->kvm->mmu_lock);
	return r;
}

static int again_bad(struct kvm_vcpu *vcpu)
{
	int r = mmu_topup_memory_caches(vcpu, false);

	if (r)
		return r;
	write_lock(&vcpu->kvm->mmu_lock);
	mmu_alloc_direct_roots(vcpu);
	write_unlock(&vcpu->kvm->mmu_lock);
	write_lock(&vcpu->kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: mmu_alloc_direct_roots() is called without kvm_vcpu.caches_full [cache-topup]
	r = mmu_alloc_direct_roots(vcpu);
	write_unlock(&vcpu->kvm->mmu_lock);
	return r;
}

int all(struct kvm_vcpu *vcpu)
{
	return load(vcpu) + ignored_bad(vcpu) + again_bad(vcpu);
}
