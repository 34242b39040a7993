// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Which lock, if any, is in a variable.

#include <linux/kvm_host.h>

void recover_ok(struct kvm *kvm, bool tdp)
{
	spinlock_t *lock = NULL;

	write_lock(&kvm->mmu_lock);
	if (tdp)
		lock = &kvm->arch.tdp_mmu_pages_lock;
	if (lock)
		spin_lock(lock);
	kvm->arch.indirect_shadow_pages = 0;
	if (lock)
		spin_unlock(lock);
	write_unlock(&kvm->mmu_lock);
}

void recover_bad(struct kvm *kvm, bool tdp)
{
	spinlock_t *lock = NULL;

	if (tdp)
		lock = &kvm->arch.tdp_mmu_pages_lock;
	if (lock)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_arch.tdp_mmu_pages_lock is taken without kvm.mmu_lock [lock-order]
		spin_lock(lock);
	if (lock)
		spin_unlock(lock);
}
