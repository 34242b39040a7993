// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The flag says that the page is out; it is mapped nevertheless.

#include "Inputs/folio.h"

void __kunmap_local(const void *at);

void read_bad(struct folio *folio, void *data, unsigned long len)
{
	folio_lock(folio);
	if (folio_test_private(folio)) {
		// CHECK: :[[@LINE+1]]:{{.*}}warning: kmap_local_folio() is called without folio.put_back [direct-map-scope]
		void *at = kmap_local_folio(folio, 0);

		copy(data, at, len);
		__kunmap_local(at);
	}
	folio_unlock(folio);
}
