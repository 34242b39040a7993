// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who is called by the mm to give pages back waits for nothing that waits for the
 * mm: it takes no lock that is held over a fault or an allocation, gets no memory
 * that may have to be freed first, and sleeps only if it was told that it may.
 */

#include "needs.h"
#include "rule.h"
#include "sleep.h"

static void check(struct findings *findings, const struct event *event)
{
	check_sleep(findings, event, "notifier-context", true);
	check_never(findings, event, "notifier-context");
}

/* The calls that say whether it may sleep; where it is entered is counted, too. */
static bool is_site(struct link *link, const struct insn *insn)
{
	(void)link;
	return ends_mark(insn, "notifier-context");
}

RULE(notifier_context, .id = "notifier-context",
     .title = "an mmu_notifier waits for nothing that waits for the mm",
     .check = check, .is_site = is_site);
