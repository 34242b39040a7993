// SPDX-License-Identifier: GPL-2.0-only
/* A reference on a page or a root is given back by who got it. */

#include "balanced.h"
#include "rule.h"

MARKS_RULE(page_ref, "page-ref",
	   "a page or a root that was got is given back on every path, once",
	   check_reference, is_reference_site);
