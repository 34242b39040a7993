// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Two functions that walk the same list in different calls. Each takes its lock at
// the first entry and drops it behind the last one; the window stays open between.

#include <linux/kvm_host.h>

struct binding { int first; };

struct binding *next_binding(struct binding *b);

void start(struct kvm *kvm, struct binding *head)
{
	struct binding *b;
	bool found = false;

	for (b = head; b; b = next_binding(b)) {
		if (!found) {
			found = true;
			write_lock(&kvm->mmu_lock);
			kvm->mmu_invalidate_in_progress++;
		}
		b->first = 0;
	}
	if (found)
		write_unlock(&kvm->mmu_lock);
}

void end(struct kvm *kvm, struct binding *head)
{
	if (!head)
		return;
	write_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_seq++;
	kvm->mmu_invalidate_in_progress--;
	write_unlock(&kvm->mmu_lock);
}
