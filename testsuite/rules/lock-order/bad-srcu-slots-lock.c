// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A reader of kvm->srcu takes the lock whose owner waits for readers; the lock
// that is dropped before the wait it may take.

#include <linux/kvm_host.h>

void reader_ok(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu);

	mutex_lock(&kvm->slots_arch_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	srcu_read_unlock(&kvm->srcu, idx);
}

void reader_bad(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu);

	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is taken inside kvm.srcu [lock-order]
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
	srcu_read_unlock(&kvm->srcu, idx);
}
