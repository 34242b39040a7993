// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// What the words ask for is asked of who calls, lock by lock and in its mode.
#include <linux/kvm_host.h>
#include "mmucheck.h"

void kvm_zap(struct kvm *kvm) __must_hold(&kvm->mmu_lock);
void kvm_age(struct kvm *kvm) __must_hold_only_shared(&kvm->mmu_lock);
void kvm_walk(struct kvm *kvm, bool shared)
	__must_hold_mode(shared, &kvm->mmu_lock);
void kvm_topup(struct kvm *kvm) __may_sleep;

void kvm_right_ok(struct kvm *kvm)
{
	kvm_topup(kvm);
	write_lock(&kvm->mmu_lock);
	kvm_zap(kvm);
	kvm_walk(kvm, false);
	write_unlock(&kvm->mmu_lock);
	read_lock(&kvm->mmu_lock);
	kvm_age(kvm);
	kvm_walk(kvm, true);
	read_unlock(&kvm->mmu_lock);
}

void kvm_mode_bad(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}[lock-held]
	kvm_zap(kvm);
	read_unlock(&kvm->mmu_lock);
}

void kvm_only_shared_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}[lock-held]
	kvm_age(kvm);
	write_unlock(&kvm->mmu_lock);
}

void kvm_parameter_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}[lock-held]
	kvm_walk(kvm, true);
	write_unlock(&kvm->mmu_lock);
}

void kvm_sleep_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}[sleep-in-atomic]
	kvm_topup(kvm);
	write_unlock(&kvm->mmu_lock);
}
