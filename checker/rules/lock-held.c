// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an assert, an annotation or a contract row asks to be held is held, in
 * just that mode, on every path from every caller.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	if (!event->cls || !event->cls->rule)
		check_needs(findings, event, "lock-held");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	(void)link;
	return has_effect(insn, is_assert);
}

RULE(lock_held, .id = "lock-held",
     .title = "what a contract asks to be held is held",
     .check = check, .is_site = is_site);
