// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What is owed is carried in values: |=, ret > 0, a list that is not empty. None of
// it hangs a lock on a branch.

#include <linux/kvm_host.h>

int sync_page(struct kvm_mmu_page *sp);
void flush_tlbs(struct kvm *kvm);
bool zap_range(struct kvm *kvm, int from, int to);

int sync_roots(struct kvm *kvm, struct kvm_mmu_page *sp, int n)
{
	bool flush = false;
	int ret, i;

	write_lock(&kvm->mmu_lock);
	for (i = 0; i < n; i++) {
		ret = sync_page(sp + i);
		if (ret < 0)
			break;
		if (ret > 0)
			flush = true;
		flush |= zap_range(kvm, i, i + 1);
	}
	if (flush)
		flush_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
	return flush;
}
