// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Nobody reads what is a member of a VM that nobody else has any more: the row for
// kvm_destroy_vm() says so.

#include <linux/kvm_host.h>

void reader(struct kvm *kvm)
{
	int idx = srcu_read_lock(&kvm->srcu);

	mutex_lock(&kvm->slots_arch_lock);
	mutex_unlock(&kvm->slots_arch_lock);
	srcu_read_unlock(&kvm->srcu, idx);
}

static void unregister(struct kvm *kvm)
{
	synchronize_srcu(&kvm->srcu);
}

static void unregister_all(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_arch_lock);
	unregister(kvm);
	mutex_unlock(&kvm->slots_arch_lock);
}

void kvm_destroy_vm(struct kvm *kvm)
{
	unregister_all(kvm);
}

void detach_bad(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: readers of kvm.srcu are waited for under kvm.slots_arch_lock, which they take [lock-order]
	unregister(kvm);
	mutex_unlock(&kvm->slots_arch_lock);
}
