// SPDX-License-Identifier: GPL-2.0-only
/*
 * Under mmu_lock nothing sleeps: what a fault may need was allocated before the lock
 * was taken, and is used up then.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(cache_topup, "cache-topup",
	   "caches are topped up before mmu_lock is taken",
	   check_protocol, is_protocol_site);
