// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Put back for good, and the flag says that it is out.

#include "Inputs/folio.h"

int put_back_bad(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_default_noflush(folio_page(folio, 0));
	// CHECK: :[[@LINE+1]]:{{.*}}warning: folio.locked is dropped before folio.flag_not_cleared is settled [direct-map-scope]
	folio_unlock(folio);
	return r;
}
