// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page tables are freed when all walks without mmu_lock are over: what one of them
 * found is good until its end.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "rcu-tdp-walk");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "rcu-tdp-walk");
}

RULE(rcu_tdp_walk, .id = "rcu-tdp-walk",
     .title = "what a walk without mmu_lock found is not used behind it",
     .check = check, .is_site = is_site);
