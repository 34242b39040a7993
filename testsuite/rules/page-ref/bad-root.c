// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who leaves a walk over TDP MMU roots early puts the root that it is at.

#include <linux/kvm_host.h>

struct kvm_mmu_page *tdp_mmu_next_root(struct kvm *kvm, struct kvm_mmu_page *prev);
void kvm_tdp_mmu_put_root(struct kvm *kvm, struct kvm_mmu_page *root);
int split(struct kvm_mmu_page *root);

#define for_each_root(kvm, root)				\
	for (root = tdp_mmu_next_root(kvm, NULL); root;		\
	     root = tdp_mmu_next_root(kvm, root))

void all(struct kvm *kvm)
{
	struct kvm_mmu_page *root;

	for_each_root(kvm, root)
		split(root);
}

void some(struct kvm *kvm)
{
	struct kvm_mmu_page *root;

	for_each_root(kvm, root)
		if (split(root)) {
			kvm_tdp_mmu_put_root(kvm, root);
			break;
		}
}

int early_bad(struct kvm *kvm)
{
	struct kvm_mmu_page *root;

	for_each_root(kvm, root)
		if (split(root))
			// CHECK: :[[@LINE+1]]:{{.*}}warning: early_bad() returns with kvm.root_ref held [page-ref]
			return -12;
	return 0;
}

void behind_bad(struct kvm *kvm)
{
	struct kvm_mmu_page *root;

	for_each_root(kvm, root)
		split(root);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.root_ref is dropped, but not held [page-ref]
	kvm_tdp_mmu_put_root(kvm, root);
}
