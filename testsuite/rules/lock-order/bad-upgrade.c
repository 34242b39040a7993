// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Taken for write by who has it for read: nobody can let him in.

#include <linux/kvm_host.h>

void upgrade(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is taken for write by who holds it for read [lock-order]
	write_lock(&kvm->mmu_lock);
	read_unlock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: upgrade() returns with kvm.mmu_lock {{.*}}[lock-balance]
}
