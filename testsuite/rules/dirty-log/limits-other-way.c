// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who asks the old SPTE first is not followed: this one logs nothing.

#include <linux/kvm_host.h>

static bool is_writable_pte(u64 pte)
{
	return pte & 2;
}

static bool fast_pf_fix_direct_spte(struct kvm_vcpu *vcpu, u64 *sptep, u64 old,
				    u64 new)
{
	*sptep = new;
	return !is_writable_pte(old) && is_writable_pte(new);
}

bool fault(struct kvm_vcpu *vcpu, u64 *sptep, u64 old, u64 new)
{
	return fast_pf_fix_direct_spte(vcpu, sptep, old, new);
}
