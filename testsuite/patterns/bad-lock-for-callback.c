// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A work item runs by itself: what was held where it was queued is not held in it.

#include <linux/kvm_host.h>

struct work_struct { void (*func)(struct work_struct *work); };

struct vm_work { struct work_struct work; struct kvm *kvm; };

void queue_work(struct work_struct *work);

static void zap(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->slots_lock);
}

static void zap_later(struct work_struct *work)
{
	struct vm_work *w = container_of(work, struct vm_work, work);

	// CHECK: :[[@LINE+1]]:{{.*}}warning: zap() is called without kvm.slots_lock [lock-held]
	zap(w->kvm);
}

void zap_now_and_later(struct vm_work *w)
{
	mutex_lock(&w->kvm->slots_lock);
	zap(w->kvm);
	w->work.func = zap_later;
	queue_work(&w->work);
	mutex_unlock(&w->kvm->slots_lock);
}
