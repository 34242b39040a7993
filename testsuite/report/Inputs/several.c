// SPDX-License-Identifier: GPL-2.0-only
/* A finding of several rules, one of them allowed, some of them through calls. */

#include <linux/kvm_host.h>

static void mark_unsync(struct kvm *kvm)
{
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

static void zap_leafs(struct kvm *kvm, int first)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	if (first)
		mark_unsync(kvm);
}

/* Fine. */
void kvm_zap_all(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	zap_leafs(kvm, 1);
	write_unlock(&kvm->mmu_lock);
}

/* The assert does not hold, for read is not for write. */
void kvm_zap_shared(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	zap_leafs(kvm, 0);
	read_unlock(&kvm->mmu_lock);
}

/* Sleeps under a spinning lock. */
void kvm_sleep(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	mutex_lock(&kvm->slots_lock);
	mutex_unlock(&kvm->slots_lock);
	write_unlock(&kvm->mmu_lock);
}

/* One way out keeps the lock. */
int kvm_forget(struct kvm *kvm, int error)
{
	write_lock(&kvm->mmu_lock);
	if (error)
		return -1;
	write_unlock(&kvm->mmu_lock);
	return 0;
}

/* Takes the inner lock alone. */
void kvm_mark(struct kvm *kvm)
{
	mark_unsync(kvm);
}

void kvm_init(struct kvm *kvm)
{
	/* mmucheck: allow(lock-order) nobody else has this VM yet */
	spin_lock(&kvm->arch.mmu_unsync_pages_lock);
	spin_unlock(&kvm->arch.mmu_unsync_pages_lock);
}

static void flush(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->slots_lock);
}

/* What the assert asks for is held. */
void kvm_flush(struct kvm *kvm)
{
	mutex_lock(&kvm->slots_lock);
	flush(kvm);
	mutex_unlock(&kvm->slots_lock);
}
