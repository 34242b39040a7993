// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Up to 5.17 __tdp_mmu_set_spte() has an iterator: what is no address of an SPTE there is
// not taken for what is written.

#include <linux/kvm_host.h>

struct tdp_iter;

void __tdp_mmu_set_spte(struct kvm *kvm, struct tdp_iter *iter, u64 new_spte,
			bool record_acc_track, bool record_dirty_log);

void age(struct kvm *kvm, struct tdp_iter *iter, u64 spte)
{
	write_lock(&kvm->mmu_lock);
	__tdp_mmu_set_spte(kvm, iter, spte, false, true);
	__tdp_mmu_set_spte(kvm, iter, spte, true, false);
	write_unlock(&kvm->mmu_lock);
}
