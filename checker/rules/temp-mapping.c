// SPDX-License-Identifier: GPL-2.0-only
/* What is mapped for a moment is unmapped on every path. */

#include "balanced.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_balance(findings, event, "temp-mapping");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	(void)link;
	return is_balance_site(insn, "temp-mapping");
}

RULE(temp_mapping, .id = "temp-mapping",
     .title = "a temporary mapping is undone on every path, once",
     .check = check, .is_site = is_site);
