// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A list is written by the functions that it is passed to.

#include <linux/kvm_host.h>

void add_ok(struct kvm *kvm, struct kvm_mmu_page *root)
{
	read_lock(&kvm->mmu_lock);
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	list_add_rcu(&root->link, &kvm->arch.tdp_mmu_roots);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
	read_unlock(&kvm->mmu_lock);
}

void add_bad(struct kvm *kvm, struct kvm_mmu_page *root)
{
	read_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+2]]:{{.*}}warning: kvm_arch.tdp_mmu_roots is written without {{.*}}kvm_arch.tdp_mmu_pages_lock{{.*}}[guarded-by]
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_page.link is written without {{.*}}[guarded-by]
	list_add_rcu(&root->link, &kvm->arch.tdp_mmu_roots);
	read_unlock(&kvm->mmu_lock);
}

void local_list_ok(struct kvm_mmu_page *pages)
{
	struct list_head mine;

	list_add(&mine, &mine);
}
