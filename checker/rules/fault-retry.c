// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a fault has resolved is installed only if no invalidation has come since:
 * mmu_invalidate_seq is copied before, and asked for again under mmu_lock.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "fault-retry");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "fault-retry");
}

RULE(fault_retry, .id = "fault-retry",
     .title = "what a fault installs was asked for under mmu_lock",
     .check = check, .is_site = is_site);
