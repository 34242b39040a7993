// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A member that is copied first and asked for later is not seen to be asked for.

#include <linux/compiler.h>
#include <linux/kvm_host.h>

static bool mmu_notifier_retry_cache(struct kvm *kvm, unsigned long seq)
{
	unsigned long now;

	if (kvm->mn_active_invalidate_count)
		return true;
	now = kvm->mmu_invalidate_seq;
	return now != seq;
}

bool fn_retry(struct kvm *kvm, unsigned long seq)
{
	return mmu_notifier_retry_cache(kvm, seq);
}
