// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// slots_lock is what the kernel's own assert takes for a removal. It is none: a slot
// that only changes its flags is as valid as before, and faults go on.

#include <linux/kvm_host.h>

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return range->start != range->end;
}

void change_flags_bad(struct kvm *kvm, struct kvm_gfn_range *range)
{
	mutex_lock(&kvm->slots_lock);
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_unmap_gfn_range() is called with kvm.slots_lock, which does not show kvm.slot_removed [zap-in-invalidation]
	kvm_unmap_gfn_range(kvm, range);
	write_unlock(&kvm->mmu_lock);
	mutex_unlock(&kvm->slots_lock);
}
