/* SPDX-License-Identifier: GPL-2.0-only */
/* What guest memory out of the direct map is made with. */
#pragma once

#include <linux/types.h>

struct page;
struct folio {
	void *private;
};

void folio_lock(struct folio *folio);
bool folio_trylock(struct folio *folio);
void folio_unlock(struct folio *folio);
void folio_set_private(struct folio *folio);
void folio_clear_private(struct folio *folio);
bool folio_test_private(struct folio *folio);
void *folio_address(struct folio *folio);
void *kmap_local_folio(struct folio *folio, unsigned long offset);
struct page *folio_page(struct folio *folio, unsigned long n);
int set_direct_map_default_noflush(struct page *page);
int set_direct_map_invalid_noflush(struct page *page);
int folio_zap_direct_map(struct folio *folio);
void copy(void *to, const void *from, unsigned long n);
