// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Whether the lock is held is in a member of a local record, and the inner loop
// is left by "goto". With "break" it would go on in the outer loop, which is the
// same here; the lock is dropped all the same.

#include <linux/kvm_host.h>

struct walk { bool found; int ret; };

int handler(struct kvm *kvm, int slot);

struct walk walk_slots(struct kvm *kvm, int spaces, int slots)
{
	struct walk r = { .found = false };
	int as, i;

	for (as = 0; as < spaces; as++) {
		for (i = 0; i < slots; i++) {
			if (!r.found) {
				r.found = true;
				write_lock(&kvm->mmu_lock);
				if (i == 7)
					goto unlock;
			}
			r.ret |= handler(kvm, i);
		}
	}
unlock:
	if (r.found)
		write_unlock(&kvm->mmu_lock);
	return r;
}
