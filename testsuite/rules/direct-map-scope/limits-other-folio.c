// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock is another folio's, and any will do.

#include "Inputs/folio.h"

int take_out(struct folio *folio, struct folio *other)
{
	int r;

	folio_lock(other);
	r = set_direct_map_invalid_noflush(folio_page(folio, 0));
	if (!r)
		folio_set_private(folio);
	folio_unlock(other);
	return r;
}
