// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Two ways to be allowed: mmu_lock for write, or both locks. Compound assignments
// are writes, too.

#include <linux/kvm_host.h>

void by_write(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	sp->unsync_children--;
	write_unlock(&kvm->mmu_lock);
}

void by_both(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	read_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	sp->unsync_children++;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	read_unlock(&kvm->mmu_lock);
}

void by_one_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_page.unsync_children is written without {{.*}}[guarded-by]
	sp->unsync_children += 2;
	read_unlock(&kvm->mmu_lock);
}
