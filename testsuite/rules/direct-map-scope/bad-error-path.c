// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// An access that fails in between leaves by way of the unlock alone.

#include "Inputs/folio.h"

int read_bad(struct folio *folio, void *data, unsigned long len)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_default_noflush(folio_page(folio, 0));
	if (r)
		goto out;
	if (len > 4096) {
		r = -14;
		goto out;
	}
	copy(data, folio_address(folio), len);
	r = set_direct_map_invalid_noflush(folio_page(folio, 0));
	if (r)
		folio_clear_private(folio);
out:
	// CHECK: :[[@LINE+1]]:{{.*}}warning: folio.locked is dropped before folio.flag_not_cleared is settled [direct-map-scope]
	folio_unlock(folio);
	return r;
}
