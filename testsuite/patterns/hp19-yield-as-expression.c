// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A yield behind "&&", whose result says whether it happened.

#include <linux/kvm_host.h>

int zap_one(struct kvm *kvm);

void zap_all(struct kvm *kvm)
{
	int batch = 0;

	write_lock(&kvm->mmu_lock);
restart:
	while (zap_one(kvm)) {
		if (++batch >= 10 &&
		    cond_resched_rwlock_write(&kvm->mmu_lock)) {
			batch = 0;
			goto restart;
		}
		lockdep_assert_held_write(&kvm->mmu_lock);
	}
	write_unlock(&kvm->mmu_lock);
}
