// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A function that drops its caller's lock for a while and takes it again, but
// not on every path.

#include <linux/kvm_host.h>

void *topup(void);

static int split(struct kvm *kvm)
{
	void *page;

	write_unlock(&kvm->mmu_lock);
	page = topup();
	if (!page)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: split() returns without kvm.mmu_lock, which its caller holds [lock-balance]
		return -12;
	write_lock(&kvm->mmu_lock);
	return 0;
}

void split_all(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	split(kvm);
	write_unlock(&kvm->mmu_lock);
}
