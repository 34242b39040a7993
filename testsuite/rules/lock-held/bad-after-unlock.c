// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The call stands one line too low.

#include <linux/kvm_host.h>

static void account(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->slots_lock);
}

void register_dev(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	account(kvm);
	mutex_unlock(&kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: account() is called without kvm.slots_lock [lock-held]
	account(kvm);
}
