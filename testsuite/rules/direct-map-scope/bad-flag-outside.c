// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The flag is tested before the folio is locked.

#include <linux/kvm_host.h>
#include "Inputs/folio.h"

int put_back_bad(struct kvm *kvm, struct folio *folio)
{
	int r = 0;

	mutex_lock(&kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: folio_test_private() is called without folio.locked [direct-map-scope]
	if (folio_test_private(folio)) {
		folio_lock(folio);
		r = set_direct_map_default_noflush(folio_page(folio, 0));
		if (!r)
			folio_clear_private(folio);
		folio_unlock(folio);
	}
	mutex_unlock(&kvm->slots_lock);
	return r;
}
