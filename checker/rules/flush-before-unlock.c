// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who makes a translation go away owes a flush of what CPUs have cached of it:
 * before mmu_lock is dropped or yielded, since then others act as if it were gone.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "flush-before-unlock");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "flush-before-unlock");
}

RULE(flush_before_unlock, .id = "flush-before-unlock",
     .title = "TLBs are flushed before mmu_lock is dropped",
     .check = check, .is_site = is_site);
