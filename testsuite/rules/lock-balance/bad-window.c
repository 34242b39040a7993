// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A window that a function begins it ends on every path, if it ends it on any, or if
// nobody ends it; one that it begins as it finds a reason to, it is not held to.

#include <linux/kvm_host.h>

static void begin(struct kvm *kvm)
{
	kvm->mmu_invalidate_in_progress++;
}

static void end(struct kvm *kvm)
{
	kvm->mmu_invalidate_in_progress--;
}

void zap(struct kvm *kvm, bool all)
{
	write_lock(&kvm->mmu_lock);
	begin(kvm);
	if (all)
		end(kvm);
	write_unlock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap() returns with kvm.mmu_invalidate_in_progress held [lock-balance]
}

void zap_no_end(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	begin(kvm);
	write_unlock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap_no_end() returns with kvm.mmu_invalidate_in_progress held [lock-balance]
}

void zap_as_told(struct kvm *kvm, bool shared)
{
	write_lock(&kvm->mmu_lock);
	if (shared)
		begin(kvm);
	if (shared)
		end(kvm);
	write_unlock(&kvm->mmu_lock);
}

static void begin_if_bound(struct kvm *kvm, int n)
{
	write_lock(&kvm->mmu_lock);
	while (n--)
		begin(kvm);
	write_unlock(&kvm->mmu_lock);
}

static void end_if_bound(struct kvm *kvm, int n)
{
	write_lock(&kvm->mmu_lock);
	while (n--)
		end(kvm);
	write_unlock(&kvm->mmu_lock);
}

void punch(struct kvm *kvm, int n)
{
	begin_if_bound(kvm, n);
	end_if_bound(kvm, n);
}
