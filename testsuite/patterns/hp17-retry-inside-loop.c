// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A label inside the loop, before the yield: "goto retry" asks for it again, and
// behind a yield the round starts anew. The lock state is the same at the label
// from all sides.

#include <linux/kvm_host.h>

struct iter { int level; bool yielded; };

bool next(struct iter *iter);
int set_spte_atomic(struct kvm *kvm, struct iter *iter);

static bool iter_resched(struct kvm *kvm, struct iter *iter, bool shared)
{
	if (!need_resched())
		return false;
	rcu_read_unlock();
	if (shared)
		cond_resched_rwlock_read(&kvm->mmu_lock);
	else
		cond_resched_rwlock_write(&kvm->mmu_lock);
	rcu_read_lock();
	iter->yielded = true;
	return true;
}

static void protect(struct kvm *kvm)
{
	struct iter iter = { 0 };

	lockdep_assert_held_read(&kvm->mmu_lock);
	rcu_read_lock();
	while (next(&iter)) {
retry:
		if (iter_resched(kvm, &iter, true))
			continue;
		if (set_spte_atomic(kvm, &iter))
			goto retry;
	}
	rcu_read_unlock();
}

void protect_slot(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	protect(kvm);
	might_sleep_if(0);
	read_unlock(&kvm->mmu_lock);
}
