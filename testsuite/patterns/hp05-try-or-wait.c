// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// In an interrupt the lock is tried, elsewhere it is waited for; it is dropped in
// one place.

#include <linux/kvm_host.h>

struct cache { rwlock_t lock; bool valid; };

int use(struct cache *cache, bool atomic)
{
	unsigned long flags;

	if (atomic) {
		local_irq_save(flags);
		if (!read_trylock(&cache->lock)) {
			local_irq_restore(flags);
			return -11;
		}
	} else {
		read_lock_irqsave(&cache->lock, flags);
	}
	read_unlock_irqrestore(&cache->lock, flags);
	return 0;
}
