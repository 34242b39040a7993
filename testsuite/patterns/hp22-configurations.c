// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
// RUN: %judge -DCONFIG_TDP_MMU=1 %s | %check
// RUN: %judge -DCONFIG_PROVE_LOCKING=1 %s | %check
//
// The answer is the same with and without what checks locking at run time, and
// code that only one configuration has is balanced in each. An assert that is
// behind IS_ENABLED(CONFIG_PROVE_LOCKING) is one, and no dead code.

#include <linux/kvm_host.h>

static void invalidate_roots(struct kvm *kvm)
{
	if (IS_ENABLED(CONFIG_PROVE_LOCKING) &&
	    refcount_read(&kvm->users_count) && kvm->created_vcpus)
		lockdep_assert_held_write(&kvm->mmu_lock);
}

void zap_ok(struct kvm *kvm)
{
#ifdef CONFIG_TDP_MMU
	rcu_read_lock();
#endif
	write_lock(&kvm->mmu_lock);
	invalidate_roots(kvm);
	write_unlock(&kvm->mmu_lock);
#ifdef CONFIG_TDP_MMU
	rcu_read_unlock();
#endif
}

void zap_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: invalidate_roots() is called without kvm.mmu_lock for write [lock-held]
	invalidate_roots(kvm);
}
