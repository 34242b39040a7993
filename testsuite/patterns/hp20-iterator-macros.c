// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Loops by macros: a dangling "else", an assert in a statement expression of the
// condition, a reference that is taken in the step.

#include <linux/kvm_host.h>

struct root { struct root *next; int as_id; bool invalid; refcount_t refs; };

struct root *next_root(struct kvm *kvm, struct root *prev);
struct root *first_root(struct kvm *kvm);

#define for_each_root(kvm, root)					\
	for (root = first_root(kvm);					\
	     ({ lockdep_assert_held(&(kvm)->mmu_lock); }), root;	\
	     root = root->next)

#define for_each_valid_root(kvm, root, as)				\
	for_each_root(kvm, root)					\
		if ((root)->invalid || (root)->as_id != (as)) {		\
		} else

#define for_each_root_yield(kvm, root)					\
	for (root = next_root(kvm, NULL); root; root = next_root(kvm, root))

void age_ok(struct kvm *kvm)
{
	struct root *root;

	read_lock(&kvm->mmu_lock);
	for_each_valid_root(kvm, root, 0)
		root->as_id = 1;
	for_each_root_yield(kvm, root) {
		if (root->as_id == 3)
			break;
		cond_resched_rwlock_read(&kvm->mmu_lock);
	}
	read_unlock(&kvm->mmu_lock);
}

static void age(struct kvm *kvm)
{
	struct root *root;

	for_each_valid_root(kvm, root, 0)
		root->as_id = 1;
}

void age_ok_by_call(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	age(kvm);
	read_unlock(&kvm->mmu_lock);
}

void age_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: age() is called without kvm.mmu_lock for read or write [lock-held]
	age(kvm);
}
