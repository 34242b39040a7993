// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Locks undone in the other order by a chain of labels, one of which is reached
// with and without a failure; and "retry" with all unlocked.

#include <linux/kvm_host.h>

int step(struct kvm *kvm, int n);

int create(struct kvm *kvm)
{
	int r;

retry:
	mutex_lock(&kvm->lock);
	r = step(kvm, 1);
	if (r)
		goto out_lock;
	mutex_lock(&kvm->slots_lock);
	r = step(kvm, 2);
	if (r == -11) {
		mutex_unlock(&kvm->slots_lock);
		mutex_unlock(&kvm->lock);
		goto retry;
	}
	if (r)
		goto out_slots;
	mutex_lock(&kvm->irq_lock);
	r = step(kvm, 3);
	mutex_unlock(&kvm->irq_lock);
out_slots:
	mutex_unlock(&kvm->slots_lock);
out_lock:
	mutex_unlock(&kvm->lock);
	return r;
}
