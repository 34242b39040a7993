// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The page could not be taken out again, and nobody asks.

#include "Inputs/folio.h"

void read_bad(struct folio *folio, void *data, unsigned long len)
{
	folio_lock(folio);
	if (!set_direct_map_default_noflush(folio_page(folio, 0))) {
		copy(data, folio_address(folio), len);
		set_direct_map_invalid_noflush(folio_page(folio, 0));
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: folio.locked is dropped before folio.flag_not_cleared is settled [direct-map-scope]
	folio_unlock(folio);
}
