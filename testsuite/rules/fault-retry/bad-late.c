// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The sequence is copied before anything is resolved that an invalidation changes,
// the attributes too, and not again behind it.

#include <linux/kvm_host.h>

struct kvm_page_fault { unsigned long mmu_seq; gfn_t gfn; };

bool kvm_mem_is_private(struct kvm *kvm, gfn_t gfn);
u64 __gfn_to_pfn_memslot(void *slot, gfn_t gfn);
int kvm_faultin_pfn(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault);
void kvm_release_pfn_clean(u64 pfn);

void kvm_tdp_mmu_page_fault(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	kvm_faultin_pfn(vcpu, fault);
}

int kvm_faultin_pfn(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	u64 pfn;

	fault->mmu_seq = vcpu->kvm->mmu_invalidate_seq;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mem_is_private() is called without kvm.seq_snapshot [fault-retry]
	if (kvm_mem_is_private(vcpu->kvm, fault->gfn))
		return -1;
	smp_rmb();
	if (kvm_mem_is_private(vcpu->kvm, fault->gfn))
		return -1;
	pfn = __gfn_to_pfn_memslot(NULL, fault->gfn);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: forbids kvm.pfn_resolved [fault-retry]
	fault->mmu_seq = vcpu->kvm->mmu_invalidate_seq;
	kvm_release_pfn_clean(pfn);
	return -1;
}
