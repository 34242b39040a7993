// SPDX-License-Identifier: GPL-2.0-only
/* More sets of locks at one point than are told apart. */

#include <linux/kvm_host.h>

void many_ok(struct kvm *kvm, struct kvm *more, int n)
{
	if (n & 1)
		mutex_lock(&kvm->lock);
	if (n & 2)
		mutex_lock(&kvm->slots_lock);
	if (n & 4)
		mutex_lock(&kvm->slots_arch_lock);
	if (n & 8)
		mutex_lock(&kvm->irq_lock);
	if (n & 16)
		mutex_lock(&more->irq_lock);
	if (n & 32)
		write_lock(&kvm->mmu_lock);
	if (n & 32)
		write_unlock(&kvm->mmu_lock);
	if (n & 16)
		mutex_unlock(&more->irq_lock);
	if (n & 8)
		mutex_unlock(&kvm->irq_lock);
	if (n & 4)
		mutex_unlock(&kvm->slots_arch_lock);
	if (n & 2)
		mutex_unlock(&kvm->slots_lock);
	if (n & 1)
		mutex_unlock(&kvm->lock);
}
