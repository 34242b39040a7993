// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The same, whole; who says that a fault is stale need not ask for more.

#include <linux/kvm_host.h>

struct kvm_page_fault {
	gfn_t gfn;
	struct kvm_memory_slot *slot;
};

bool is_obsolete_sp(struct kvm *kvm, unsigned long root);
bool kvm_test_request(int req, struct kvm_vcpu *vcpu);
bool mmu_invalidate_retry_gfn(struct kvm *kvm, unsigned long seq, gfn_t gfn);

bool is_page_fault_stale(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	unsigned long root = vcpu->arch.root;

	if (vcpu->srcu_idx < 0)
		return true;
	if (root ? is_obsolete_sp(vcpu->kvm, root) : kvm_test_request(1, vcpu))
		return true;
	return fault->slot &&
	       mmu_invalidate_retry_gfn(vcpu->kvm, 0, fault->gfn);
}

void install(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)
{
	write_lock(&vcpu->kvm->mmu_lock);
	if (!is_page_fault_stale(vcpu, fault))
		vcpu->arch.root = 1;
	write_unlock(&vcpu->kvm->mmu_lock);
}
