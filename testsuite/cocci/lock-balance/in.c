// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top lock-balance
#include "kvm.h"

int all_ways_ok(struct kvm *kvm, int r)
{
	write_lock(&kvm->mmu_lock);
	if (r)
		goto out;
	r = kvm->users;
out:
	write_unlock(&kvm->mmu_lock);
	return r;
}

/* Dropped under the condition that it was taken under. */
int flag_ok(struct kvm *kvm, struct kvm_mmu_page *sp, int n)
{
	bool locked = false;

	while (n--) {
		if (!locked) {
			locked = true;
			spin_lock(&kvm->arch.mmu_unsync_pages_lock);
		}
		sp->unsync = 1;
	}
	if (locked)
		spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
	return 0;
}

int mode_ok(struct kvm *kvm, bool shared)
{
	int r;

	if (shared)
		read_lock(&kvm->mmu_lock);
	else
		write_lock(&kvm->mmu_lock);
	r = kvm->users;
	if (shared)
		read_unlock(&kvm->mmu_lock);
	else
		write_unlock(&kvm->mmu_lock);
	return r;
}

/* Hands the lock on to its caller. */
int begin_ok(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	return kvm->users;
}

int write_bad(struct kvm *kvm, int r)
{
	write_lock(&kvm->mmu_lock);
	if (r)
		return -EFAULT;
	write_unlock(&kvm->mmu_lock);
	return 0;
}

int read_bad(struct kvm *kvm, int n)
{
	read_lock(&kvm->mmu_lock);
	while (n--) {
		if (n == kvm->users)
			return n;
	}
	read_unlock(&kvm->mmu_lock);
	return 0;
}

int spin_bad(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	if (sp->unsync)
		return 1;
	sp->unsync = 1;
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	return 0;
}

int wrong_mode_bad(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	if (kvm->users) {
		write_unlock(&kvm->mmu_lock);
		return 0;
	}
	read_unlock(&kvm->mmu_lock);
	return 1;
}
