// SPDX-License-Identifier: GPL-2.0-only
/*
 * Under mmu_lock nothing sleeps: what a fault may need was allocated before the lock
 * was taken, and is used up then.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "cache-topup");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "cache-topup");
}

RULE(cache_topup, .id = "cache-topup",
     .title = "caches are topped up before mmu_lock is taken",
     .check = check, .is_site = is_site);
