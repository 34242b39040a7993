// SPDX-License-Identifier: GPL-2.0-only
/* What a function takes it drops on every path, unless its callers show the pair. */

#include "balanced.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_balance(findings, event, "lock-balance");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	(void)link;
	return is_balance_site(insn, "lock-balance");
}

RULE(lock_balance, .id = "lock-balance",
     .title = "what is taken is dropped on every path",
     .check = check, .is_site = is_site);
