// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What must not be held is.

#include <linux/kvm_host.h>

static void zap_roots(struct kvm *kvm)
{
	lockdep_assert_not_held(&kvm->mmu_lock);
}

void fast_zap_ok(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	write_unlock(&kvm->mmu_lock);
	zap_roots(kvm);
}

void fast_zap_bad(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap_roots() {{.*}}kvm.mmu_lock{{.*}}[lock-held]
	zap_roots(kvm);
	write_unlock(&kvm->mmu_lock);
}
