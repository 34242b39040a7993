// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A root that may be a dummy is looked into only where it has a shadow page.

#include <linux/kvm_host.h>

struct kvm_mmu_page *root_to_sp(hpa_t root);

int kvm_mmu_free_guest_mode_roots(hpa_t root)
{
	struct kvm_mmu_page *sp = root_to_sp(root);

	if (!sp || sp->unsync_children)
		return 1;
	sp = root_to_sp(root + 4096);
	return sp ? sp->unsync_children : 0;
}

bool is_unsync_root(hpa_t root)
{
	struct kvm_mmu_page *sp = root_to_sp(root);

	if (!sp)
		return false;
	sp = root_to_sp(root + 4096);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: forbids kvm_mmu.root_bare [root-valid]
	return sp->unsync_children;
}

/* Where nobody says that any root may come, it is taken to be a page table. */
unsigned int others(hpa_t root)
{
	return root_to_sp(root)->unsync_children;
}

unsigned int asks(hpa_t root)
{
	return kvm_mmu_free_guest_mode_roots(root) + is_unsync_root(root) +
	       others(root);
}
