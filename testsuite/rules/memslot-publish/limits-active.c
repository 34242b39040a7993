// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Nobody says that a memslot is in the set that is read: it is moved there and then.

#include <linux/kvm_host.h>

void fn_moved(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn)
{
	mutex_lock(&kvm->slots_lock);
	slot->base_gfn = gfn;
	mutex_unlock(&kvm->slots_lock);
}
