// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who takes pages out of the log flushes before slots_lock is dropped, on every way.

#include <linux/kvm_host.h>

void kvm_arch_mmu_enable_log_dirty_pt_masked(struct kvm *kvm, void *slot,
					     gfn_t offset, unsigned long mask);
void kvm_flush_remote_tlbs_memslot(struct kvm *kvm, const void *slot);

static int harvest(struct kvm *kvm, unsigned long *bits, int n, void *user)
{
	bool flush = false;
	int i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		if (!bits[i])
			continue;
		flush = true;
		kvm_arch_mmu_enable_log_dirty_pt_masked(kvm, NULL, i, bits[i]);
	}
	write_unlock(&kvm->mmu_lock);
	if (flush)
		kvm_flush_remote_tlbs_memslot(kvm, NULL);
	return copy_to_user(user, bits, n) ? -1 : 0;
}

static int harvest_late(struct kvm *kvm, unsigned long *bits, void *user)
{
	write_lock(&kvm->mmu_lock);
	kvm_arch_mmu_enable_log_dirty_pt_masked(kvm, NULL, 0, bits[0]);
	write_unlock(&kvm->mmu_lock);
	if (copy_to_user(user, bits, 8))
		return -1;
	kvm_flush_remote_tlbs_memslot(kvm, NULL);
	return 0;
}

int good(struct kvm *kvm, unsigned long *bits, int n, void *user)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	r = harvest(kvm, bits, n, user);
	mutex_unlock(&kvm->slots_lock);
	return r;
}

int bad(struct kvm *kvm, unsigned long *bits, void *user)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	r = harvest_late(kvm, bits, user);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm.slots_lock is dropped before dirty.unflushed is settled [dirty-log]
	mutex_unlock(&kvm->slots_lock);
	return r;
}
