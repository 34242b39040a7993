// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who has yielded looks the page up again, or does without.

#include <linux/kvm_host.h>

struct kvm_mmu_page *kvm_mmu_find_shadow_page(struct kvm *kvm, gfn_t gfn);
bool kvm_tdp_mmu_get_root(struct kvm_mmu_page *root);
void kvm_tdp_mmu_put_root(struct kvm *kvm, struct kvm_mmu_page *root);

static bool rest(struct kvm *kvm)
{
	return cond_resched_rwlock_write(&kvm->mmu_lock);
}

void unless_yielded(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
	sp = kvm_mmu_find_shadow_page(kvm, gfn);
	if (!rest(kvm))
		sp->nx_huge_page_disallowed = false;
	write_unlock(&kvm->mmu_lock);
}

void again(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
restart:
	sp = kvm_mmu_find_shadow_page(kvm, gfn);
	if (rest(kvm))
		goto restart;
	sp->nx_huge_page_disallowed = false;
	write_unlock(&kvm->mmu_lock);
}

void each_anew(struct kvm *kvm, gfn_t gfn, gfn_t end)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
	for (; gfn < end; gfn++) {
		sp = kvm_mmu_find_shadow_page(kvm, gfn);
		if (sp)
			sp->unsync = false;
		rest(kvm);
	}
	write_unlock(&kvm->mmu_lock);
}

/* Of an own page, which no lock lets go of. */
void own(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	write_lock(&kvm->mmu_lock);
	rest(kvm);
	sp->nx_huge_page_disallowed = false;
	write_unlock(&kvm->mmu_lock);
}

/* A root that is counted stays. */
void counted(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
	sp = kvm_mmu_find_shadow_page(kvm, gfn);
	sp->root_count++;
	write_unlock(&kvm->mmu_lock);
	sp->gfn = gfn;
}

/* Likewise one that a reference was got on, if it was. */
void referenced(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *root;
	bool got;

	write_lock(&kvm->mmu_lock);
	root = kvm_mmu_find_shadow_page(kvm, gfn);
	got = kvm_tdp_mmu_get_root(root);
	write_unlock(&kvm->mmu_lock);
	if (got) {
		root->gfn = gfn;
		kvm_tdp_mmu_put_root(kvm, root);
	}
}
