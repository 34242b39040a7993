// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A reload that failed has loaded nothing; one that was for another fault, neither.

#include "Inputs/root.h"

void kvm_arch_async_page_ready(struct kvm_vcpu *vcpu, u64 addr)
{
	guard(mutex)(&vcpu->mutex);
	kvm_mmu_reload(vcpu);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_do_page_fault() is called without kvm_mmu.root_asked [root-valid]
	kvm_mmu_do_page_fault(vcpu, addr);
}

int kvm_arch_vcpu_pre_fault_memory(struct kvm_vcpu *vcpu, u64 addr)
{
	int r = kvm_mmu_reload(vcpu);

	if (r)
		return r;
	do {
		r = kvm_mmu_do_page_fault(vcpu, addr);
	} while (r == 1);
	return r;
}

void ioctl(struct kvm_vcpu *vcpu, u64 addr)
{
	kvm_arch_vcpu_pre_fault_memory(vcpu, addr);
	kvm_arch_async_page_ready(vcpu, addr);
	mutex_lock(&vcpu->mutex);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_do_page_fault() is called without kvm_mmu.root_asked [root-valid]
	kvm_mmu_do_page_fault(vcpu, addr);
	mutex_unlock(&vcpu->mutex);
}
