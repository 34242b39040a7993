// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A lock that interrupts take, too, is taken with interrupts off; that a second
// one turns them off again inside the first is no order.

#include <linux/kvm_host.h>

void by_hand(struct kvm *kvm, struct kvm *other)
{
	unsigned long flags;

	spin_lock_irq(&kvm->irqfds.lock);
	spin_lock_irqsave(&other->mn_invalidate_lock, flags);
	spin_unlock_irqrestore(&other->mn_invalidate_lock, flags);
	spin_unlock_irq(&kvm->irqfds.lock);
}

void with_interrupts(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.irqfds.lock is taken without irqs-off [lock-order]
	spin_lock(&kvm->irqfds.lock);
	spin_unlock(&kvm->irqfds.lock);
}
