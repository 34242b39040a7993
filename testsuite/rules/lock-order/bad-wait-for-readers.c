// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who waits for readers holds a lock that a reader takes, or is a reader himself.

#include <linux/kvm_host.h>

void reader(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu);

	mutex_lock(&kvm->slots_arch_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	srcu_read_unlock(&kvm->srcu, idx);
}

void swap_bad(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: readers of kvm.srcu are waited for under kvm.slots_arch_lock, which they take [lock-order]
	synchronize_srcu(&kvm->srcu);
	mutex_unlock(&kvm->slots_arch_lock);
}

void swap_ok(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_arch_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	synchronize_srcu(&kvm->srcu);
}

void wait_for_self(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu);

	// CHECK: :[[@LINE+1]]:{{.*}}warning: readers of kvm.srcu are waited for by a reader [lock-order]
	synchronize_srcu(&kvm->srcu);
	srcu_read_unlock(&kvm->srcu, idx);
}
