// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: gcc-12, clang-14, clang-16
// RUN: sh %S/Inputs/same-object gcc-12 %s %annotations
// RUN: sh %S/Inputs/same-object clang-14 %s %annotations
// RUN: sh %S/Inputs/same-object clang-16 %s %annotations
// RUN: sh %S/Inputs/same-object clang-19 %s %annotations
//
// The words cost nothing: the object is the same with and without them.
#ifdef WITHOUT_WORDS
# define __must_hold(...)
# define __yields_if(...)
# define __guarded_by(...)
# define __guarded_by_member(...)
# define __context_unsafe(...)
# define __lock_order(...)	struct none
#else
# include "mmucheck.h"
#endif

struct kvm {
	int mmu_lock;
	int slots_lock;
	int users __guarded_by(&mmu_lock);
	int roots __guarded_by_member(struct kvm, slots_lock);
};

__lock_order(struct kvm, slots_lock, struct kvm, mmu_lock);

static inline int users(struct kvm *kvm, int more)
	__must_hold(&kvm->mmu_lock) __yields_if(more, &kvm->mmu_lock)
{
	return kvm->users + more;
}

int users_and_roots(struct kvm *kvm) __context_unsafe("a test");
int users_and_roots(struct kvm *kvm)
{
	return users(kvm, 1) + kvm->roots++;
}
