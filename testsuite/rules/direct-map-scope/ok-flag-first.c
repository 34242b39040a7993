// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The flag before the map, and back if that fails.

#include "Inputs/folio.h"

int take_out(struct folio *folio)
{
	int r;

	folio_lock(folio);
	folio_set_private(folio);
	r = set_direct_map_invalid_noflush(folio_page(folio, 0));
	if (r)
		folio_clear_private(folio);
	folio_unlock(folio);
	return r;
}
