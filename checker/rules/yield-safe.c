// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who lets go of mmu_lock lets others change what it guards: a page that was looked
 * up may be gone, and an iterator stands on what was.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(yield_safe, "yield-safe",
	   "what was true before mmu_lock was let go of is not relied on",
	   check_protocol, is_protocol_site);
