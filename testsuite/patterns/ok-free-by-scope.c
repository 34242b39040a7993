// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Memory that is freed at the end of the scope, and a lock that is dropped there:
// in the order of their declarations, the last one first.

#include <linux/kvm_host.h>

int build(struct kvm *kvm, int n)
{
	u64 *table __free(kfree) = kzalloc(64, GFP_KERNEL);

	if (!table)
		return -12;
	guard(write_lock)(&kvm->mmu_lock);
	if (n > 8)
		return -22;
	table[n] = 1;
	return 0;
}
