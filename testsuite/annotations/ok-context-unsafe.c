// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// What is in a body that opts out is not told; what is in others is.
#include <linux/kvm_host.h>
#include "mmucheck.h"

void kvm_zap(struct kvm *kvm) __must_hold(&kvm->mmu_lock);

void kvm_destroy_ok(struct kvm *kvm)
	__context_unsafe("nobody else has a reference any more");
void kvm_destroy_ok(struct kvm *kvm)
{
	kvm_zap(kvm);
}

void kvm_other_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}[lock-held]
	kvm_zap(kvm);
}
