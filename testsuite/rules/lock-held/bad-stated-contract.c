// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%top/annotations %s | %check
//
// What a function states that it needs, its callers hold; so does who calls it
// from out of sight.

#include <linux/kvm_host.h>
#include "mmucheck.h"

void zap(struct kvm *kvm) __must_hold(&kvm->mmu_lock);
void age(struct kvm *kvm) __must_hold_shared(&kvm->mmu_lock);
void rest(struct kvm *kvm) __must_not_hold(&kvm->mmu_lock);
void begin(struct kvm *kvm) __acquires(&kvm->mmu_lock);
void end(struct kvm *kvm) __releases(&kvm->mmu_lock);

void inside_ok(struct kvm *kvm) __must_hold(&kvm->mmu_lock);
void inside_ok(struct kvm *kvm)
{
	zap(kvm);
	lockdep_assert_held_write(&kvm->mmu_lock);
}

void pair_ok(struct kvm *kvm)
{
	rest(kvm);
	begin(kvm);
	zap(kvm);
	age(kvm);
	end(kvm);
}

void zap_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap() is called without kvm.mmu_lock for write [lock-held]
	zap(kvm);
}

void mode_bad(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	age(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap() is called without kvm.mmu_lock for write [lock-held]
	zap(kvm);
	read_unlock(&kvm->mmu_lock);
}

void other_bad(struct kvm *kvm, struct kvm *other)
{
	write_lock(&other->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap() is called without kvm.mmu_lock for write [lock-held]
	zap(kvm);
	write_unlock(&other->mmu_lock);
}

void rest_bad(struct kvm *kvm)
{
	begin(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: rest() is called with kvm.mmu_lock {{.*}}[lock-held]
	rest(kvm);
	end(kvm);
}
