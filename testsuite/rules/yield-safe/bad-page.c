// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A shadow page that was found under mmu_lock is not used when that was let go of.

#include <linux/kvm_host.h>

struct kvm_mmu_page *kvm_mmu_find_shadow_page(struct kvm *kvm, gfn_t gfn);
struct kvm_mmu_page *sptep_to_sp(u64 *sptep);
bool kvm_tdp_mmu_get_root(struct kvm_mmu_page *root);
void kvm_tdp_mmu_put_root(struct kvm *kvm, struct kvm_mmu_page *root);

void yielded_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
	sp = kvm_mmu_find_shadow_page(kvm, gfn);
	cond_resched_rwlock_write(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_mmu_find_shadow_page() returned is used after kvm.mmu_lock has ended [yield-safe]
	sp->nx_huge_page_disallowed = false;
	write_unlock(&kvm->mmu_lock);
}

int dropped_bad(struct kvm *kvm, u64 *sptep)
{
	struct kvm_mmu_page *sp;
	int level;

	write_lock(&kvm->mmu_lock);
	sp = sptep_to_sp(sptep);
	write_unlock(&kvm->mmu_lock);
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what sptep_to_sp() returned is used after kvm.mmu_lock has ended [yield-safe]
	level = sp->role.level;
	write_unlock(&kvm->mmu_lock);
	return level;
}

/* Neither are its parts. */
void part_bad(struct kvm *kvm, gfn_t gfn)
{
	union kvm_mmu_page_role *role;
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
	sp = kvm_mmu_find_shadow_page(kvm, gfn);
	role = &sp->role;
	cond_resched_rwlock_write(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_mmu_find_shadow_page() returned is used after kvm.mmu_lock has ended [yield-safe]
	role->word = 0;
	write_unlock(&kvm->mmu_lock);
}

static bool rest(struct kvm *kvm)
{
	return cond_resched_rwlock_write(&kvm->mmu_lock);
}

void ignored_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
	sp = kvm_mmu_find_shadow_page(kvm, gfn);
	if (!rest(kvm))
		sp->nx_huge_page_disallowed = false;
	else
		// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_mmu_find_shadow_page() returned is used after kvm.mmu_lock has ended [yield-safe]
		sp->nx_huge_page_disallowed = true;
	write_unlock(&kvm->mmu_lock);
}

/* A reference comes too late, or was not got. */
void late_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *root;

	write_lock(&kvm->mmu_lock);
	root = kvm_mmu_find_shadow_page(kvm, gfn);
	write_unlock(&kvm->mmu_lock);
	if (kvm_tdp_mmu_get_root(root)) {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_mmu_find_shadow_page() returned is used after kvm.mmu_lock has ended [yield-safe]
		root->gfn = gfn;
		kvm_tdp_mmu_put_root(kvm, root);
	}
}

void not_got_bad(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *root;
	bool got;

	write_lock(&kvm->mmu_lock);
	root = kvm_mmu_find_shadow_page(kvm, gfn);
	got = kvm_tdp_mmu_get_root(root);
	write_unlock(&kvm->mmu_lock);
	if (!got)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_mmu_find_shadow_page() returned is used after kvm.mmu_lock has ended [yield-safe]
		root->gfn = gfn;
	else
		kvm_tdp_mmu_put_root(kvm, root);
}
