// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The same yield, without rcu_read_lock() behind it.

#include <linux/kvm_host.h>

struct iter { int level; };

bool next(struct iter *iter);

static bool iter_resched(struct kvm *kvm, struct iter *iter)
{
	if (!need_resched())
		return false;
	rcu_read_unlock();
	cond_resched_rwlock_write(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: iter_resched() returns without rcu, which its caller holds [lock-balance]
	return true;
}

void zap(struct kvm *kvm)
{
	struct iter iter = { 0 };

	write_lock(&kvm->mmu_lock);
	rcu_read_lock();
	while (next(&iter)) {
		if (iter_resched(kvm, &iter))
			continue;
	}
	rcu_read_unlock();
	write_unlock(&kvm->mmu_lock);
}
