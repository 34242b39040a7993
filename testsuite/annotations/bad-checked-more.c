// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge -I%annotations %s | %check
//
// The words for either lock, for a lock on a condition and for a window.
#include <linux/kvm_host.h>
#include "mmucheck.h"

void kvm_lookup(struct kvm *kvm) __must_hold_any(&kvm->slots_lock, &kvm->lock);
void kvm_zap(struct kvm *kvm, bool all) __must_hold_if(all, &kvm->slots_lock);
void kvm_begin(struct kvm *kvm)
	__opens_window(kvm->mmu_invalidate_in_progress);
void kvm_end(struct kvm *kvm)
	__closes_window(kvm->mmu_invalidate_in_progress);
void kvm_unmap(struct kvm *kvm)
	__must_be_in_window(kvm->mmu_invalidate_in_progress);

void kvm_either_ok(struct kvm *kvm)
{
	mutex_lock(&kvm->lock);
	kvm_lookup(kvm);
	mutex_unlock(&kvm->lock);
	mutex_lock(&kvm->slots_lock);
	kvm_lookup(kvm);
	mutex_unlock(&kvm->slots_lock);
}

void kvm_neither_bad(struct kvm *kvm)
{
	mutex_lock(&kvm->irq_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}kvm_lookup() is called without{{.*}}[lock-held]
	kvm_lookup(kvm);
	mutex_unlock(&kvm->irq_lock);
}

void kvm_if_ok(struct kvm *kvm)
{
	kvm_zap(kvm, false);
	mutex_lock(&kvm->slots_lock);
	kvm_zap(kvm, true);
	mutex_unlock(&kvm->slots_lock);
}

void kvm_if_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}kvm_zap() is called without{{.*}}[lock-held]
	kvm_zap(kvm, true);
}

void kvm_window_ok(struct kvm *kvm)
{
	kvm_begin(kvm);
	kvm_unmap(kvm);
	kvm_end(kvm);
}

/* Nobody calls it but by this pointer: nobody has opened it before. */
static void window_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}kvm_unmap() is called without{{.*}}[lock-held]
	kvm_unmap(kvm);
}

struct test_ops {
	void (*unmap)(struct kvm *kvm);
};

const struct test_ops test_ops = { .unmap = window_bad };
