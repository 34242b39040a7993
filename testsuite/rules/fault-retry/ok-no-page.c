// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Up to 5.15: what is no page of a memslot does not go stale, and nothing is asked.

#include <linux/kvm_host.h>

bool is_noslot_pfn(kvm_pfn_t pfn);
int mmu_notifier_retry_hva(struct kvm *kvm, unsigned long seq, hva_t hva);
int mmu_topup_memory_caches(struct kvm_vcpu *vcpu, bool maybe_indirect);
int kvm_tdp_mmu_map(struct kvm_vcpu *vcpu, gpa_t gpa, kvm_pfn_t pfn);

void install(struct kvm_vcpu *vcpu, gpa_t gpa, kvm_pfn_t pfn, unsigned long seq, hva_t hva)
{
	if (mmu_topup_memory_caches(vcpu, false))
		return;
	read_lock(&vcpu->kvm->mmu_lock);
	if (!is_noslot_pfn(pfn) && mmu_notifier_retry_hva(vcpu->kvm, seq, hva))
		goto out;
	kvm_tdp_mmu_map(vcpu, gpa, pfn);
out:
	read_unlock(&vcpu->kvm->mmu_lock);
}
