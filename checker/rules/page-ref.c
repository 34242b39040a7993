// SPDX-License-Identifier: GPL-2.0-only
/* A reference on a page or a root is given back by who got it. */

#include "balanced.h"
#include "rule.h"
#include "needs.h"

/* References are counted; where one is owed by a walk it is a debt like others. */
static void check_reference(struct findings *findings, const struct event *event,
			    const char *rule)
{
	check_balance(findings, event, rule);
	check_protocol(findings, event, rule);
}

static bool is_reference_site(struct link *link, const struct insn *insn,
			      const char *rule)
{
	return is_balance_site(link, insn, rule) ||
	       is_protocol_site(link, insn, rule);
}

MARKS_RULE(page_ref, "page-ref",
	   "a page or a root that was got is given back on every path, once",
	   check_reference, is_reference_site);
