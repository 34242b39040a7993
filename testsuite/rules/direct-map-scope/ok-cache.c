// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A cache that maps takes the debt over: flag and map say what is.

#include "Inputs/folio.h"

struct cache {
	struct folio *folio;
	void *khva;
};

int cache_map(struct cache *cache)
{
	int r = 0;

	folio_lock(cache->folio);
	if (folio_test_private(cache->folio)) {
		r = set_direct_map_default_noflush(folio_page(cache->folio, 0));
		if (r)
			goto out;
		folio_clear_private(cache->folio);
	}
	cache->khva = folio_address(cache->folio);
out:
	folio_unlock(cache->folio);
	return r;
}

int cache_unmap(struct cache *cache)
{
	int r;

	folio_lock(cache->folio);
	r = set_direct_map_invalid_noflush(folio_page(cache->folio, 0));
	if (!r)
		folio_set_private(cache->folio);
	folio_unlock(cache->folio);
	return r;
}
