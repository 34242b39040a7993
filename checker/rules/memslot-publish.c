// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memslots are changed in a copy that nobody reads, put in the place of those that
 * are read while no invalidation is under way, and freed when all readers have left.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "memslot-publish");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "memslot-publish");
}

RULE(memslot_publish, .id = "memslot-publish",
     .title = "memslots are changed in a copy, and freed when readers have left",
     .check = check, .is_site = is_site);
