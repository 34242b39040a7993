// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Handlers in a record that each caller fills in: only who opens the window on the
// lock may reach the handler that asks for it.

#include <linux/kvm_host.h>

struct range {
	void (*handler)(struct kvm *kvm);
	void (*on_lock)(struct kvm *kvm);
};

static void window_open(struct kvm *kvm)
{
	kvm->mmu_invalidate_in_progress++;
}

static void window_close(struct kvm *kvm)
{
	kvm->mmu_invalidate_in_progress--;
}

static void nothing(struct kvm *kvm)
{
}

static void unmap(struct kvm *kvm)
{
	lockdep_assert(kvm->mmu_invalidate_in_progress);
}

static __always_inline void walk(struct kvm *kvm, const struct range *range)
{
	write_lock(&kvm->mmu_lock);
	range->on_lock(kvm);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: unmap() is called without {{.*}}[lock-held]
	range->handler(kvm);
	write_unlock(&kvm->mmu_lock);
}

static void start(struct kvm *kvm)
{
	const struct range range = { .handler = unmap, .on_lock = window_open };

	walk(kvm, &range);
}

static void end(struct kvm *kvm)
{
	const struct range range = { .handler = nothing, .on_lock = window_close };

	walk(kvm, &range);
}

static void unmap_bad(struct kvm *kvm)
{
	const struct range range = { .handler = unmap, .on_lock = nothing };

	walk(kvm, &range);
}

void (*const entries[])(struct kvm *kvm) = { start, end, unmap_bad };
