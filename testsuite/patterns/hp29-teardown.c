// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// When the last reference is gone nobody else can get at the VM.

#include <linux/kvm_host.h>

void kvm_destroy_vm(struct kvm *kvm)
{
	kvm->mn_active_invalidate_count = 0;
	kvm->arch.mmu_valid_gen = 0;
}

void put_vm(struct kvm *kvm)
{
	if (refcount_dec_and_test(&kvm->users_count))
		kvm_destroy_vm(kvm);
}

void reset_vm_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.mn_active_invalidate_count is written without kvm.mn_invalidate_lock{{.*}} [guarded-by]
	kvm->mn_active_invalidate_count = 0;
}
