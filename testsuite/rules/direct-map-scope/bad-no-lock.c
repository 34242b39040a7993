// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Zapped and flagged under a lock of the VM, which keeps no other VM from the folio.

#include <linux/kvm_host.h>
#include "Inputs/folio.h"

int take_out_bad(struct kvm *kvm, struct folio *folio)
{
	int r;

	mutex_lock(&kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: set_direct_map_invalid_noflush() is called without folio.locked [direct-map-scope]
	r = set_direct_map_invalid_noflush(folio_page(folio, 0));
	if (!r)
		folio_set_private(folio);
	mutex_unlock(&kvm->slots_lock);
	return r;
}
