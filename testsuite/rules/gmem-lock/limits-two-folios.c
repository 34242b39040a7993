// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Of two folios it knows that one is unlocked, and not which.

#include <linux/kvm_host.h>

struct folio;

bool IS_ERR(const void *p);
struct folio *kvm_gmem_get_folio(struct kvm_memory_slot *slot);
void folio_unlock(struct folio *folio);
void folio_put(struct folio *folio);

long kvm_gmem_populate(struct kvm_memory_slot *slot)
{
	struct folio *a = kvm_gmem_get_folio(slot);
	struct folio *b;

	if (IS_ERR(a))
		return 0;
	b = kvm_gmem_get_folio(slot);
	folio_unlock(a);
	folio_put(a);
	return 1;
}

long populate(struct kvm_memory_slot *slot)
{
	return kvm_gmem_populate(slot);
}
