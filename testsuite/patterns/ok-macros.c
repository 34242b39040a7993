// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Locks behind macros of one's own: do { } while (0), a statement expression, a
// lock in the condition of a loop.

#include <linux/kvm_host.h>

#define MMU_LOCK(kvm)	do { write_lock(&(kvm)->mmu_lock); } while (0)
#define MMU_UNLOCK(kvm)	do { write_unlock(&(kvm)->mmu_lock); } while (0)
#define with_lock(kvm, expr) ({						\
	typeof(expr) __r;						\
	MMU_LOCK(kvm);							\
	__r = (expr);							\
	MMU_UNLOCK(kvm);						\
	__r; })

static int count(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	return 1;
}

int use(struct kvm *kvm)
{
	int n = with_lock(kvm, count(kvm));

	while (({ MMU_LOCK(kvm); n--; }) > 0) {
		count(kvm);
		MMU_UNLOCK(kvm);
	}
	MMU_UNLOCK(kvm);
	return n;
}
