// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// User memory may have to be paged in.

#include <linux/kvm_host.h>

int get_log(struct kvm *kvm, void *user, unsigned long *bits)
{
	int r;

	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: copy_to_user() may sleep under kvm.mmu_lock [sleep-in-atomic]
	r = copy_to_user(user, bits, 8);
	write_unlock(&kvm->mmu_lock);
	return r;
}
