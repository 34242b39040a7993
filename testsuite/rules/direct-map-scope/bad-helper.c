// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A helper restores, and of its two callers one does not undo it.

#include "Inputs/folio.h"

static int restore(struct folio *folio)
{
	return set_direct_map_default_noflush(folio_page(folio, 0));
}

int cleared(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = restore(folio);
	if (!r)
		folio_clear_private(folio);
	folio_unlock(folio);
	return r;
}

int forgotten_bad(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = restore(folio);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: folio.locked is dropped before folio.flag_not_cleared is settled [direct-map-scope]
	folio_unlock(folio);
	return r;
}
