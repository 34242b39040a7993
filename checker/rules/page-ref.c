// SPDX-License-Identifier: GPL-2.0-only
/* The reference that a fault has on what it resolved is given up when it is served. */

#include "balanced.h"
#include "rule.h"

MARKS_RULE(page_ref, "page-ref",
	   "a page that was faulted in is released on every path, once",
	   check_balance, is_balance_site);
