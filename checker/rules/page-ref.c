// SPDX-License-Identifier: GPL-2.0-only
/* The reference that a fault has on what it resolved is given up when it is served. */

#include "balanced.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_balance(findings, event, "page-ref");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	(void)link;
	return is_balance_site(insn, "page-ref");
}

RULE(page_ref, .id = "page-ref",
     .title = "a page that was faulted in is released on every path, once",
     .check = check, .is_site = is_site);
