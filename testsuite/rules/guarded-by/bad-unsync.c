// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// 0 to 1 asks for both locks, 1 to 0 for mmu_lock for write.

#include <linux/kvm_host.h>

void mark_ok(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	read_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	sp->unsync = 1;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	read_unlock(&kvm->mmu_lock);
}

void clear_ok(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	sp->unsync = 0;
	write_unlock(&kvm->mmu_lock);
}

void mark_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_page.unsync is set without kvm.mmu_lock {{.*}} and kvm_arch.mmu_unsync_pages_lock{{.*}}[guarded-by]
	sp->unsync = 1;
	write_unlock(&kvm->mmu_lock);
}

void clear_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	read_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_page.unsync is cleared without kvm.mmu_lock for write [guarded-by]
	sp->unsync = 0;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	read_unlock(&kvm->mmu_lock);
}

void move_bad(struct kvm *kvm, struct kvm_mmu_page *sp, bool what)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_page.unsync is set without {{.*}}[guarded-by]
	sp->unsync = what;
	read_unlock(&kvm->mmu_lock);
}
