// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whoever takes the lock himself is to blame where he asks for it without, and
// not who calls him.

#include <linux/kvm_host.h>

static void too_early(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm.slots_lock [lock-held]
	lockdep_assert_held(&kvm->slots_lock);
}

static void too_late(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: needs kvm.irq_lock [lock-held]
	lockdep_assert_held(&kvm->irq_lock);
	mutex_lock(&kvm->irq_lock);
	mutex_unlock(&kvm->irq_lock);
}

void ioctl(struct kvm *kvm)
{
	too_early(kvm);
	too_late(kvm);
}
