// SPDX-License-Identifier: GPL-2.0-only
/*
 * Nothing that may sleep is done under a spinning lock, in an RCU read section,
 * or with interrupts or preemption off.
 */

#include "rule.h"
#include "sleep.h"

static void check(struct findings *findings, const struct event *event)
{
	check_sleep(findings, event, "sleep-in-atomic", false);
}

static bool is_site(struct link *link, const struct insn *insn)
{
	(void)link;
	return has_effect(insn, is_sleep);
}

RULE(sleep_in_atomic, .id = "sleep-in-atomic",
     .title = "nothing sleeps under a lock that spins",
     .check = check, .is_site = is_site);
