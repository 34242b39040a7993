// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A branch that the kernel warns of is not meant to be taken: what is missing on
// it is no finding. But a lock is not left held for it.

#include <linux/kvm_host.h>

static void zap(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

int free_ok(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	if (WARN_ON_ONCE(!sp)) {
		zap(kvm);
		return -5;
	}
	write_lock(&kvm->mmu_lock);
	if (!WARN_ON_ONCE(sp->role.invalid))
		zap(kvm);
	write_unlock(&kvm->mmu_lock);
	return 0;
}

int free_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	if (WARN_ON_ONCE(!sp))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: free_bad() returns with kvm.mmu_lock for write held [lock-balance]
		return -5;
	write_unlock(&kvm->mmu_lock);
	return 0;
}
