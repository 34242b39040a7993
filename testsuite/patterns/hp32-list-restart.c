// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A walk that starts again from the head after something was taken off the list.

#include <linux/kvm_host.h>

bool zap_page(struct kvm *kvm, struct kvm_mmu_page *sp);

void zap_oldest(struct kvm *kvm, int nr)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
restart:
	list_for_each_entry(sp, &kvm->arch.active_mmu_pages, link) {
		if (sp->role.invalid)
			continue;
		if (zap_page(kvm, sp))
			goto restart;
		if (!--nr)
			break;
	}
	write_unlock(&kvm->mmu_lock);
}
