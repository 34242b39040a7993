// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whoever leaves a walk over the roots gives the one back that he is at.

#include <linux/kvm_host.h>

struct kvm_mmu_page *tdp_mmu_next_root(struct kvm *kvm, struct kvm_mmu_page *prev);
void kvm_tdp_mmu_put_root(struct kvm *kvm, struct kvm_mmu_page *root);
int split(struct kvm_mmu_page *root);

void kvm_tdp_mmu_try_split_huge_pages(struct kvm *kvm)
{
	struct kvm_mmu_page *root;

	for (root = tdp_mmu_next_root(kvm, NULL); root; root = tdp_mmu_next_root(kvm, root)) {
		if (split(root)) {
			kvm_tdp_mmu_put_root(kvm, root);
			break;
		}
	}
}

void kvm_tdp_mmu_wrprot_slot(struct kvm *kvm)
{
	struct kvm_mmu_page *root;

	for (root = tdp_mmu_next_root(kvm, NULL); root; root = tdp_mmu_next_root(kvm, root)) {
		if (split(root))
			break;
	}
}

void walks(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	kvm_tdp_mmu_try_split_huge_pages(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.in_root_walk is dropped before kvm.root_ref is settled [page-ref]
	kvm_tdp_mmu_wrprot_slot(kvm);
	write_unlock(&kvm->mmu_lock);
}
