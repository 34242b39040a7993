// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// In the loop the section is left for memory; when there is none the function
// returns from there, without the section, as it was entered.

#include <linux/kvm_host.h>

int split(struct kvm *kvm, int n)
{
	void *page = NULL;
	int i;

	lockdep_assert_held_write(&kvm->mmu_lock);
	rcu_read_lock();
	for (i = 0; i < n; i++) {
		if (!page) {
			rcu_read_unlock();
			write_unlock(&kvm->mmu_lock);
			page = kzalloc(8, GFP_KERNEL);
			write_lock(&kvm->mmu_lock);
			if (!page)
				return -12;
			rcu_read_lock();
		}
	}
	rcu_read_unlock();
	return 0;
}

int split_slot(struct kvm *kvm, int n)
{
	int r;

	write_lock(&kvm->mmu_lock);
	r = split(kvm, n);
	write_unlock(&kvm->mmu_lock);
	return r;
}
