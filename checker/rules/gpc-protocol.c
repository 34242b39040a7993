// SPDX-License-Identifier: GPL-2.0-only
/*
 * A mapping of a guest page that is kept is used where it was found good, under
 * the lock that its invalidation waits for; and it is replaced in an order in which
 * an invalidation is never missed.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "gpc-protocol");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "gpc-protocol");
}

RULE(gpc_protocol, .id = "gpc-protocol",
     .title = "a page that is kept mapped is used only where it was found good",
     .check = check, .is_site = is_site);
