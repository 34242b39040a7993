// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A loop that is left by goto because the reference is kept: the locks are dropped
// at the label all the same.

#include <linux/kvm_host.h>

struct root { refcount_t refs; struct root *next; };

struct root *find_root(struct kvm *kvm, struct root *after);

struct root *get_root(struct kvm *kvm)
{
	struct root *root;

	read_lock(&kvm->mmu_lock);
	for (root = find_root(kvm, NULL); root; root = find_root(kvm, root))
		if (refcount_inc_not_zero(&root->refs))
			goto out_read_unlock;
	spin_lock(&kvm->arch.tdp_mmu_pages_lock);
	root = find_root(kvm, NULL);
	spin_unlock(&kvm->arch.tdp_mmu_pages_lock);
out_read_unlock:
	read_unlock(&kvm->mmu_lock);
	return root;
}
