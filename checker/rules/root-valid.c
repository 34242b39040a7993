// SPDX-License-Identifier: GPL-2.0-only
/*
 * A fault is served with a root that is there: asked for, or loaded, since it came
 * in, and not freed meanwhile.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "root-valid");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "root-valid");
}

RULE(root_valid, .id = "root-valid",
     .title = "a fault is served with a root that is there",
     .check = check, .is_site = is_site);
