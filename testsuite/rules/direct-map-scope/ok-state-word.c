// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// The state is a word of the folio, as later series have it.

#include "Inputs/folio.h"

int take_out(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = folio_zap_direct_map(folio);
	if (!r)
		folio->private = (void *)((unsigned long)folio->private | 1);
	folio_unlock(folio);
	return r;
}
