// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The inner lock is taken here, the outer one two calls down.

#include <linux/kvm_host.h>

static void update_slots(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is taken inside kvm.mmu_lock [lock-order]
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
}
// CHECK: warning: {{.*}} may sleep under kvm.mmu_lock [sleep-in-atomic]

static void helper(struct kvm *kvm)
{
	update_slots(kvm);
}

void order_ok(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	write_lock(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
	mutex_unlock(&kvm->slots_lock);
}

void order_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	helper(kvm);
	write_unlock(&kvm->mmu_lock);
}
