// SPDX-License-Identifier: GPL-2.0-only
// RUN: sed -n 's|^// ROW: ||p' %s >%t.contracts
// RUN: %judge %s %t.contracts | %check
//
// A row says that the function is entered with nothing held. That one of its callers
// holds the lock is luck: it is the function that is told, and not the other caller.
// ROW: entry notify -- called by the host, with nothing held

#include <linux/kvm_host.h>

static void zap_leaf(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

void notify(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap_leaf() is called without kvm.mmu_lock for write [lock-held]
	zap_leaf(kvm);
}

void lucky(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	notify(kvm);
	write_unlock(&kvm->mmu_lock);
}

void unlucky(struct kvm *kvm)
{
	notify(kvm);
}
