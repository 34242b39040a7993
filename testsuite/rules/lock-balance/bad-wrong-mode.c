// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Taken for write, dropped for read.

#include <linux/kvm_host.h>

void zap(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mmu_lock is dropped for read, but held for write [lock-balance]
	read_unlock(&kvm->mmu_lock);
}
