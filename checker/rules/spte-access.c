// SPDX-License-Identifier: GPL-2.0-only
/*
 * An SPTE that others may change is written in one step, is frozen by one of them
 * only, and is writable only when its page shows as unsync.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "spte-access");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "spte-access");
}

RULE(spte_access, .id = "spte-access",
     .title = "what others may change in an SPTE is not lost, nor taken for granted",
     .check = check, .is_site = is_site);
