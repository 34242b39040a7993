// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who lets go of mmu_lock lets others change what it guards: a page that was looked
 * up may be gone, and an iterator stands on what was.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "yield-safe");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "yield-safe");
}

RULE(yield_safe, .id = "yield-safe",
     .title = "what was true before mmu_lock was let go of is not relied on",
     .check = check, .is_site = is_site);
