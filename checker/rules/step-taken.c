// SPDX-License-Identifier: GPL-2.0-only
/*
 * A step that a contract asks for was taken, and what a step owes is done: for
 * contracts that have no rule of their own.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "step-taken");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "step-taken");
}

RULE(step_taken, .id = "step-taken",
     .title = "what has to be done before or after is done on every path",
     .check = check, .is_site = is_site);
