// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A guard is on one arm of a union, not on its neighbour.

#include <linux/kvm_host.h>

struct page_state {
	union {
		bool unsync;
		bool scheduled;
	};
};

void schedule_zap(struct page_state *state)
{
	state->scheduled = true;
}

void mark(struct kvm *kvm, struct kvm_mmu_page *sp)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_mmu_page.unsync is set without {{.*}}[guarded-by]
	sp->unsync = true;
}
