// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What could not be had is not locked either.

#include <linux/kvm_host.h>
#include "Inputs/folio.h"

struct address_space;

struct folio *filemap_grab_folio(struct address_space *mapping, unsigned long i);
bool IS_ERR(const void *ptr);

void take_out_bad(struct kvm *kvm, struct address_space *mapping,
		  struct page *next)
{
	struct folio *folio;

	mutex_lock(&kvm->slots_lock);
	folio = filemap_grab_folio(mapping, 0);
	if (IS_ERR(folio)) {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: set_direct_map_default_noflush() is called without folio.locked [direct-map-scope]
		set_direct_map_default_noflush(next);
	} else {
		folio_unlock(folio);
	}
	mutex_unlock(&kvm->slots_lock);
}
