// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The address is asked for when the page is out already.

#include "Inputs/folio.h"

int zero_bad(struct folio *folio, const void *zeroes, unsigned long len)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_invalid_noflush(folio_page(folio, 0));
	if (!r) {
		folio_set_private(folio);
		// CHECK: :[[@LINE+1]]:{{.*}}warning: folio_address() is called without folio.put_back [direct-map-scope]
		copy(folio_address(folio), zeroes, len);
	}
	folio_unlock(folio);
	return r;
}
