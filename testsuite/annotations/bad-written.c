// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// A function out of sight writes where it is pointed to, whatever its words say of
// locks.
#include <linux/kvm_host.h>
#include "mmucheck.h"

void kvm_zap(struct kvm *kvm) __must_hold(&kvm->slots_lock);
void kvm_count(struct kvm *kvm, u64 *count) __must_hold(&kvm->mmu_lock);

void kvm_count_bad(struct kvm *kvm)
{
	u64 count = 0;

	write_lock(&kvm->mmu_lock);
	kvm_count(kvm, &count);
	if (count)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_zap() is called without kvm.slots_lock for write [lock-held]
		kvm_zap(kvm);
	write_unlock(&kvm->mmu_lock);
}
