// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s > %t.facts
// RUN: %mmucheck stats --open --annotations=%annotations %t.facts | %check
//
// Each assert has a verdict; one that nobody in sight keeps is open, and says so.

#include <linux/kvm_host.h>

static void zap(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
}

static void age(struct kvm *kvm)
{
	lockdep_assert_held_read(&kvm->mmu_lock);
}

void zap_all(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	zap(kvm);
	age(kvm);
	write_unlock(&kvm->mmu_lock);
}

void flush(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->slots_lock);
}

// CHECK: asserts    3: 1 proved, 1 broken, 1 open
// CHECK: verdicts.c:[[@LINE-4]]:{{[0-9]+}}: open: lockdep_assert_held() in flush(): whoever calls flush() from out of sight holds it
