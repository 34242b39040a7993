// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top lock-order
#include "kvm.h"

void inside_ok(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	sp->unsync = 1;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_unlock(&kvm->mmu_lock);
}

/* Its callers have mmu_lock: not seen here. */
void callers_ok(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	sp->unsync = 1;
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
}

/* Its callers have mmu_lock, and it lets go of it for a while. */
void yields_ok(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	sp->unsync = 1;
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	read_unlock(&kvm->mmu_lock);
	read_lock(&kvm->mmu_lock);
}

void drops_outer_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	read_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	sp->unsync = 1;
	read_unlock(&kvm->mmu_lock);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
}

void takes_outer_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	write_lock(&kvm->mmu_lock);
	sp->unsync = 1;
	write_unlock(&kvm->mmu_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

void after_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	sp->gfn = 0;
	write_unlock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	sp->unsync = 1;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

void before_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	sp->unsync = 1;
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	write_lock(&kvm->mmu_lock);
	sp->gfn = 0;
	write_unlock(&kvm->mmu_lock);
}
