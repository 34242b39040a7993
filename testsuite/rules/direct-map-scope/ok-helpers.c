// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The lock is the caller's, the steps are a helper's.

#include "Inputs/folio.h"

static int zap(struct folio *folio)
{
	int r = set_direct_map_invalid_noflush(folio_page(folio, 0));

	if (!r)
		folio_set_private(folio);
	return r;
}

int take_out(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = zap(folio);
	folio_unlock(folio);
	return r;
}

int try_take_out(struct folio *folio)
{
	int r;

	if (!folio_trylock(folio))
		return -11;
	r = zap(folio);
	folio_unlock(folio);
	return r;
}
