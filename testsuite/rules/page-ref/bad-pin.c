// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Pages that a command has pinned are unpinned on each way out of it.

#include <linux/kvm_host.h>

struct page **sev_pin_memory(struct kvm *kvm, unsigned long addr);
void sev_unpin_memory(struct kvm *kvm, struct page **pages);
bool IS_ERR(const void *ptr);
int command(struct page **pages);

int paired(struct kvm *kvm, unsigned long addr)
{
	struct page **pages = sev_pin_memory(kvm, addr);
	int r;

	if (IS_ERR(pages))
		return -14;
	r = command(pages);
	sev_unpin_memory(kvm, pages);
	return r;
}

int fails_bad(struct kvm *kvm, unsigned long addr)
{
	struct page **pages = sev_pin_memory(kvm, addr);
	int r;

	if (IS_ERR(pages))
		return -14;
	r = command(pages);
	if (r)
		// CHECK: :[[@LINE+1]]:{{.*}}warning: fails_bad() returns with kvm_sev_info.pinned held [page-ref]
		return r;
	sev_unpin_memory(kvm, pages);
	return 0;
}
