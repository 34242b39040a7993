// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Nobody in sight calls it, and it takes no lock: the folio may come locked.

#include "Inputs/folio.h"

int take_out(struct folio *folio)
{
	int r = set_direct_map_invalid_noflush(folio_page(folio, 0));

	if (!r)
		folio_set_private(folio);
	return r;
}
