// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s >%t.facts
// RUN: %mmucheck why free_pages_of %t.facts | %check
//
// What a row calls alone is said in words that need no row.

#include <linux/kvm_host.h>

static void free_pages_of(struct kvm *kvm)
{
	kvm->mn_active_invalidate_count = 0;
}

void kvm_destroy_vm(struct kvm *kvm)
{
	free_pages_of(kvm);
}

// CHECK: free_pages_of(): held: the only reference
// CHECK-NEXT: the only reference: by who calls free_pages_of()
