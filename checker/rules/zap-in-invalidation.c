// SPDX-License-Identifier: GPL-2.0-only
/*
 * A range of gfns is zapped where no fault can bring it back: while an
 * invalidation is open, or when its memslot was removed for every reader.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "zap-in-invalidation");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "zap-in-invalidation");
}

RULE(zap_in_invalidation, .id = "zap-in-invalidation",
     .title = "gfns are zapped in an invalidation, or with their memslot",
     .check = check, .is_site = is_site);
