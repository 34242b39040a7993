// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The map in one section of the lock, its flag in the next.

#include "Inputs/folio.h"

int take_out_bad(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_invalid_noflush(folio_page(folio, 0));
	// CHECK: :[[@LINE+1]]:{{.*}}warning: folio.locked is dropped before folio.flag_not_set is settled [direct-map-scope]
	folio_unlock(folio);
	if (r)
		return r;
	folio_lock(folio);
	folio_set_private(folio);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: folio.locked is dropped before folio.flag_not_cleared is settled [direct-map-scope]
	folio_unlock(folio);
	return 0;
}
