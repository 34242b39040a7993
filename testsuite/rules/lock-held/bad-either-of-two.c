// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A condition of two: one of them is enough, neither is not. A raised counter is
// as good as a lock.

#include <linux/kvm_host.h>

static void unmap(struct kvm *kvm)
{
	lockdep_assert_once(kvm->mmu_invalidate_in_progress ||
			    lockdep_is_held(&kvm->slots_lock));
}

static void by_lock(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	unmap(kvm);
	mutex_unlock(&kvm->slots_lock);
}

static void by_window(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress++;
	unmap(kvm);
	kvm->mmu_invalidate_in_progress--;
	write_unlock(&kvm->mmu_lock);
}

static void by_nothing(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: unmap() is called without {{.*}}[lock-held]
	unmap(kvm);
}

void (*const entries[])(struct kvm *kvm) = { by_lock, by_window, by_nothing };
