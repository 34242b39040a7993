// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -DGOOD %s | not grep warning
// RUN: %judge %s | %check
//
// A page that has become writable goes into the log.

#include <linux/kvm_host.h>

void mark_page_dirty_in_slot(struct kvm *kvm);

static bool is_writable_pte(u64 pte)
{
	return pte & 2;
}

static bool fast_pf_fix_direct_spte(struct kvm_vcpu *vcpu, u64 *sptep, u64 old,
				    u64 new)
{
	*sptep = new;
	if (is_writable_pte(new) && !is_writable_pte(old)) {
#ifdef GOOD
		mark_page_dirty_in_slot(vcpu->kvm);
#endif
		return true;
	}
	return false;
}

bool fault(struct kvm_vcpu *vcpu, u64 *sptep, u64 old, u64 new)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: dirty.in_fix is dropped before dirty.unmarked is settled [dirty-log]
	return fast_pf_fix_direct_spte(vcpu, sptep, old, new);
}
