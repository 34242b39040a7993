// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// guard() holds to the end of the scope, whatever way it is left: return, goto,
// break, the next round of a loop.

#include <linux/kvm_host.h>

void needs_write(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

int guard_and_return(struct kvm *kvm, int n)
{
	guard(mutex)(&kvm->slots_lock);
	if (n < 0)
		return -22;
	scoped_guard(write_lock, &kvm->mmu_lock) {
		if (n == 1)
			goto out;
		if (n == 2)
			return 2;
		needs_write(kvm);
	}
	lockdep_assert_not_held(&kvm->mmu_lock);
out:
	return 0;
}

void guard_in_loop(struct kvm *kvm, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		guard(rcu)();
		if (i == 3)
			continue;
		if (i == 5)
			break;
	}
	might_sleep();
}

void guard_in_do_while(struct kvm *kvm, int n)
{
	do {
		guard(read_lock)(&kvm->mmu_lock);
		lockdep_assert_held_read(&kvm->mmu_lock);
	} while (--n);
	might_sleep();
}
