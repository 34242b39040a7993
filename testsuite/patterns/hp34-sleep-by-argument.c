// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whether a call sleeps is said by its argument: a mask or a bool, here or in the
// caller's words.

#include <linux/kvm_host.h>

static void *get_object(gfp_t gfp)
{
	return kmalloc(64, gfp);
}

static int get_pfn(unsigned long addr, bool atomic)
{
	if (atomic)
		return -11;
	might_sleep();
	return 0;
}

void under_lock_ok(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	get_object(GFP_ATOMIC);
	get_pfn(0, true);
	read_unlock(&kvm->mmu_lock);
	get_object(GFP_KERNEL_ACCOUNT);
	get_pfn(0, false);
}

void under_lock_bad(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: get_object() may sleep under kvm.mmu_lock [sleep-in-atomic]
	get_object(GFP_KERNEL_ACCOUNT);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: get_pfn() may sleep under kvm.mmu_lock [sleep-in-atomic]
	get_pfn(0, false);
	read_unlock(&kvm->mmu_lock);
}
