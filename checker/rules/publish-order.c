// SPDX-License-Identifier: GPL-2.0-only
/*
 * What others read without a lock they read in the order that it was written in:
 * what is announced is there before, and a barrier on either side keeps it so.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "publish-order");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "publish-order");
}

RULE(publish_order, .id = "publish-order",
     .title = "what is announced is there before, and a barrier keeps it so",
     .check = check, .is_site = is_site);
