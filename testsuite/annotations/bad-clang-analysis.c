// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: clang-14, clang-16
// RUN: %clang-14 -Wthread-safety %s 2>&1 | %check
// RUN: %clang-16 -Wthread-safety %s 2>&1 | %check
// RUN: %clang-19 -Wthread-safety %s 2>&1 | %check
//
// Clang's own analysis reads mainline's words; the others do not disturb it.
#include "mmucheck.h"

context_lock_struct(mutex) {
	int raw;
};

struct kvm {
	struct mutex slots_lock;
	struct mutex irq_lock;
	int users;
};

void mutex_lock(struct mutex *lock) __acquires(lock) __may_sleep;
void mutex_unlock(struct mutex *lock) __releases(lock);
int mutex_lock_killable(struct mutex *lock) __cond_acquires(0, lock);
void slot_zap(struct kvm *kvm)
	__must_hold(&kvm->slots_lock) __must_hold_any(&kvm->irq_lock);

void zap_ok(struct kvm *kvm)
{
	if (mutex_lock_killable(&kvm->slots_lock))
		return;
	slot_zap(kvm);
	mutex_unlock(&kvm->slots_lock);
}

void zap_bad(struct kvm *kvm)
{
	mutex_lock(&kvm->irq_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: calling function 'slot_zap' requires holding mutex 'kvm->slots_lock'
	slot_zap(kvm);
	mutex_unlock(&kvm->irq_lock);
}

void unsafe_ok(struct kvm *kvm) __context_unsafe("a test");
void unsafe_ok(struct kvm *kvm)
{
	slot_zap(kvm);
}
