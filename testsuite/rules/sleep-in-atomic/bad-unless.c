// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s %S/Inputs/unless.contracts | %check
//
// What sleeps unless a mark is set: in the function that sets it, and in its callees.
#include <linux/kvm_host.h>

void set_atomic(struct kvm *kvm);
void fill(struct kvm *kvm);

static void fill_all(struct kvm *kvm)
{
	fill(kvm);
}

void fill_ok(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	set_atomic(kvm);
	fill_all(kvm);
	write_unlock(&kvm->mmu_lock);
}

void fill_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: fill() may sleep under kvm.mmu_lock [sleep-in-atomic]
	fill(kvm);
	write_unlock(&kvm->mmu_lock);
}
