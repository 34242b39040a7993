// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What a fault has resolved is released on each way out, and once.

#include <linux/kvm_host.h>

int kvm_faultin_pfn(struct kvm_vcpu *vcpu);
void kvm_release_pfn_clean(u64 pfn);
bool is_stale(struct kvm_vcpu *vcpu);

int released(struct kvm_vcpu *vcpu, u64 pfn)
{
	int r = kvm_faultin_pfn(vcpu);

	if (r)
		return r;
	if (!is_stale(vcpu))
		r = 1;
	kvm_release_pfn_clean(pfn);
	return r;
}

int stale_bad(struct kvm_vcpu *vcpu, u64 pfn)
{
	int r = kvm_faultin_pfn(vcpu);

	if (r)
		return r;
	if (is_stale(vcpu))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: stale_bad() returns with kvm.pfn_ref held [page-ref]
		return 1;
	kvm_release_pfn_clean(pfn);
	return 0;
}

int twice_bad(struct kvm_vcpu *vcpu, u64 pfn)
{
	int r = kvm_faultin_pfn(vcpu);

	if (r)
		return r;
	if (is_stale(vcpu)) {
		kvm_release_pfn_clean(pfn);
		r = 1;
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.pfn_ref is dropped, but not held [page-ref]
	kvm_release_pfn_clean(pfn);
	return r;
}
