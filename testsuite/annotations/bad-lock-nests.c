// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// A lock that is taken only inside another one.
#include <linux/kvm_host.h>
#include "mmucheck.h"

__lock_nests(struct kvm, lock, struct kvm, irq_lock);

void kvm_inside_ok(struct kvm *kvm)
{
	mutex_lock(&kvm->lock);
	mutex_lock(&kvm->irq_lock);
	mutex_unlock(&kvm->irq_lock);
	mutex_unlock(&kvm->lock);
}

void kvm_alone_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}[lock-order]
	mutex_lock(&kvm->irq_lock);
	mutex_unlock(&kvm->irq_lock);
}
