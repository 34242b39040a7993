// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: spatch
// RUN: sh %S/../Inputs/check-rule %top direct-map-scope
#include "kvm.h"

struct folio *pfn_folio(kvm_pfn_t pfn);
void folio_lock(struct folio *folio);
void folio_unlock(struct folio *folio);
void folio_put(struct folio *folio);
bool folio_test_private(struct folio *folio);
void folio_clear_private(struct folio *folio);
void folio_set_private(struct folio *folio);
void *folio_address(struct folio *folio);
int set_direct_map_default_noflush(struct page *page);
int set_direct_map_invalid_noflush(struct page *page);
int copy(void *to, const void *from, int len);
void BUG_ON(bool cond);

int access_ok(kvm_pfn_t pfn, void *data, int len)
{
	struct folio *folio = pfn_folio(pfn);
	int r = 0;

	folio_lock(folio);
	if (folio_test_private(folio)) {
		r = set_direct_map_default_noflush(&folio->page);
		if (r)
			goto out;
	}
	copy(data, folio_address(folio), len);
	if (folio_test_private(folio))
		r = set_direct_map_invalid_noflush(&folio->page);
out:
	folio_unlock(folio);
	folio_put(folio);
	return r;
}

/* The cache that it maps the page for has the entry now. */
int handed_on_ok(struct folio *folio)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_default_noflush(&folio->page);
	if (r)
		goto out;
	folio_clear_private(folio);
out:
	folio_unlock(folio);
	return r;
}

/* Its caller has the lock. */
int callers_ok(struct folio *folio)
{
	return set_direct_map_invalid_noflush(&folio->page);
}

int error_exit_bad(struct folio *folio, void *data, int len)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_default_noflush(&folio->page);
	if (r)
		goto out;
	if (copy(data, folio_address(folio), len)) {
		folio_unlock(folio);
		return -EFAULT;
	}
	r = set_direct_map_invalid_noflush(&folio->page);
out:
	folio_unlock(folio);
	return r;
}

int goto_exit_bad(struct folio *folio, void *data, int len)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_default_noflush(&folio->page);
	if (r)
		goto out;
	r = copy(data, folio_address(folio), len);
	if (r)
		goto out;
	r = set_direct_map_invalid_noflush(&folio->page);
out:
	folio_unlock(folio);
	return r;
}

int locked_exit_bad(struct folio *folio, void *data, int len)
{
	int r;

	folio_lock(folio);
	if (!len)
		return -EINVAL;
	r = copy(data, folio_address(folio), len);
	folio_unlock(folio);
	return r;
}

int both_bad(struct folio *folio, void *data, int len)
{
	int r;

	folio_lock(folio);
	r = set_direct_map_default_noflush(&folio->page);
	if (r) {
		folio_unlock(folio);
		return r;
	}
	if (copy(data, folio_address(folio), len))
		return -EFAULT;
	r = set_direct_map_invalid_noflush(&folio->page);
	folio_unlock(folio);
	return r;
}

int outside_bad(struct folio *folio)
{
	folio_lock(folio);
	folio_set_private(folio);
	folio_unlock(folio);
	return set_direct_map_invalid_noflush(&folio->page);
}

void ignored_bad(struct folio *folio)
{
	folio_lock(folio);
	set_direct_map_invalid_noflush(&folio->page);
	folio_set_private(folio);
	folio_unlock(folio);
}

void bug_bad(struct folio *folio)
{
	folio_lock(folio);
	BUG_ON(set_direct_map_invalid_noflush(&folio->page));
	folio_set_private(folio);
	folio_unlock(folio);
}
