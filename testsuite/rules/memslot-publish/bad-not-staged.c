// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What is published is what was staged in the set that nobody reads, under the
// slots_arch_lock that it is published with; what goes was invalid before.

#include <linux/kvm_host.h>

void kvm_replace_memslot(struct kvm *kvm, struct kvm_memory_slot *old,
			 struct kvm_memory_slot *new);
void kvm_swap_active_memslots(struct kvm *kvm, int as_id);
void kvm_delete_memslot(struct kvm *kvm, struct kvm_memory_slot *old);

void create(struct kvm *kvm, struct kvm_memory_slot *new)
{
	mutex_lock(&kvm->slots_arch_lock);
	kvm_replace_memslot(kvm, NULL, new);
	kvm_swap_active_memslots(kvm, 0);
	mutex_unlock(&kvm->slots_arch_lock);
}

void fn_nothing_staged(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_swap_active_memslots() is called without kvm.memslots_staged or kvm.slot_published or kvm.slot_removed [memslot-publish]
	kvm_swap_active_memslots(kvm, 0);
	mutex_unlock(&kvm->slots_arch_lock);
}

void fn_staged_without_lock(struct kvm *kvm, struct kvm_memory_slot *new)
{
	kvm_replace_memslot(kvm, NULL, new);
	mutex_lock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_swap_active_memslots() is called without kvm.memslots_staged or kvm.slot_published or kvm.slot_removed [memslot-publish]
	kvm_swap_active_memslots(kvm, 0);
	mutex_unlock(&kvm->slots_arch_lock);
}

void fn_lock_dropped_between(struct kvm *kvm, struct kvm_memory_slot *new)
{
	mutex_lock(&kvm->slots_arch_lock);
	kvm_replace_memslot(kvm, NULL, new);
	mutex_unlock(&kvm->slots_arch_lock);
	mutex_lock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_swap_active_memslots() is called without kvm.memslots_staged or kvm.slot_published or kvm.slot_removed [memslot-publish]
	kvm_swap_active_memslots(kvm, 0);
	mutex_unlock(&kvm->slots_arch_lock);
}

void fn_deleted_valid(struct kvm *kvm, struct kvm_memory_slot *old)
{
	mutex_lock(&kvm->slots_lock);
	mutex_lock(&kvm->slots_arch_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_delete_memslot() is called without kvm.slot_removed or kvm.slot_published [zap-in-invalidation]
	kvm_delete_memslot(kvm, old);
	mutex_unlock(&kvm->slots_arch_lock);
	mutex_unlock(&kvm->slots_lock);
}
