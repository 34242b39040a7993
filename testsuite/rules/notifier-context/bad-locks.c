// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A notifier waits for no lock that is held by who waits for it.

#include <linux/kvm_host.h>
#include <linux/mmu_notifier.h>

struct vm {
	struct kvm kvm;
	struct mmu_notifier mn;
};

static void forget_slots(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is taken in mmu_notifier.running [notifier-context]
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
}

static int start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = &container_of(mn, struct vm, mn)->kvm;

	if (mmu_notifier_range_blockable(range)) {
		forget_slots(kvm);
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_arch_lock is taken in mmu_notifier.running [notifier-context]
		mutex_lock(&kvm->slots_arch_lock);
		mutex_unlock(&kvm->slots_arch_lock);
		/* Who holds this one faults nothing in. */
		mutex_lock(&kvm->irq_lock);
		mutex_unlock(&kvm->irq_lock);
	}
	if (mutex_trylock(&kvm->slots_lock))
		mutex_unlock(&kvm->slots_lock);
	return 0;
}

/* The mm's last user holds nothing. */
static void release(struct mmu_notifier *mn)
{
	struct kvm *kvm = &container_of(mn, struct vm, mn)->kvm;

	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
}

const struct mmu_notifier_ops ops = {
	.invalidate_range_start = start,
	.release = release,
};
