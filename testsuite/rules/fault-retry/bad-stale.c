// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What says that a fault is not stale has asked for the sequence, and for the root.

#include <linux/kvm_host.h>

struct kvm_page_fault {
	gfn_t gfn;
	bool is_private;
	struct kvm_memory_slot *slot;
};

bool is_obsolete_sp(struct kvm *kvm, unsigned long root);
bool kvm_test_request(int req, struct kvm_vcpu *vcpu);
bool mmu_invalidate_retry_gfn(struct kvm *kvm, unsigned long seq, gfn_t gfn);

bool is_page_fault_stale(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	unsigned long root = vcpu->arch.root;

	if (root && is_obsolete_sp(vcpu->kvm, root))
		return true;
	if (fault->is_private)
		return false;
	if (!root && kvm_test_request(1, vcpu))
		return true;
	return fault->slot &&
	       mmu_invalidate_retry_gfn(vcpu->kvm, 0, fault->gfn);
}

void install_bad(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	write_lock(&vcpu->kvm->mmu_lock);
	// CHECK: :[[@LINE+2]]:{{.*}}warning: kvm.in_stale is dropped before kvm.pfn_stale is settled [fault-retry]
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.in_stale is dropped before kvm.root_stale is settled [fault-retry]
	if (!is_page_fault_stale(vcpu, fault))
		vcpu->arch.root = 1;
	write_unlock(&vcpu->kvm->mmu_lock);
}
