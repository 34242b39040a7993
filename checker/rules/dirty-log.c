// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whoever takes pages out of the dirty log has all CPUs forget that they were
 * writable, before anybody may take them for clean; who makes one writable puts it in.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "dirty-log");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "dirty-log");
}

RULE(dirty_log, .id = "dirty-log",
     .title = "what leaves the dirty log is written by no CPU that was not told",
     .check = check, .is_site = is_site);
