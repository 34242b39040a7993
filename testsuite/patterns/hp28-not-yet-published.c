// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// An object fresh from the allocator needs no lock, in a helper neither; one that
// was in a list does.

#include <linux/kvm_host.h>

static void init_sp(struct kvm_mmu_page *sp)
{
	sp->unsync = 1;
	sp->unsync_children = 0;
}

struct kvm_mmu_page *alloc_ok(void)
{
	struct kvm_mmu_page *sp = kzalloc(sizeof(*sp), GFP_KERNEL);

	if (sp) {
		sp->unsync = 1;
		init_sp(sp);
	}
	return sp;
}

void reuse_bad(struct kvm *kvm)
{
	struct kvm_mmu_page *sp = container_of(kvm->arch.active_mmu_pages.next,
					       struct kvm_mmu_page, link);

	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_page.unsync is set without {{.*}}[guarded-by]
	sp->unsync = 1;
}
