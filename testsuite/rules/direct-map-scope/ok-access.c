// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Put back, read, taken out: the flag need not change, unless that fails.

#include "Inputs/folio.h"

int read_private(struct folio *folio, void *data, unsigned long len)
{
	bool out;
	int r = 0;

	folio_lock(folio);
	out = folio_test_private(folio);
	if (out) {
		r = set_direct_map_default_noflush(folio_page(folio, 0));
		if (r)
			goto unlock;
	}
	copy(data, folio_address(folio), len);
	if (out) {
		r = set_direct_map_invalid_noflush(folio_page(folio, 0));
		if (r)
			folio_clear_private(folio);
	}
unlock:
	folio_unlock(folio);
	return r;
}
