// SPDX-License-Identifier: GPL-2.0-only
/* What is mapped for a moment is used while it is, and unmapped on every path. */

#include "balanced.h"
#include "rule.h"

MARKS_RULE(temp_mapping, "temp-mapping",
	   "a temporary mapping is undone on every path, once",
	   check_reference, is_reference_site);
