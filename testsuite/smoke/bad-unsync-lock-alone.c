// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// mmu_unsync_pages_lock is only ever taken inside mmu_lock.

#include <linux/kvm_host.h>

void mark_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: {{.*}}[lock-order]
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}
