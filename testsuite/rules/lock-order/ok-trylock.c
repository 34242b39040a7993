// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who only tries waits for nobody: no order is broken, and no deadlock made.

#include <linux/kvm_host.h>

void shrink(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	if (mutex_trylock(&kvm->lock))
		mutex_unlock(&kvm->lock);
	mutex_unlock(&kvm->slots_lock);
}
