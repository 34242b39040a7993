// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memslots, buses and filters are replaced while others read them: what a reader
 * has of them is good until he leaves the section.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "srcu-memslots");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "srcu-memslots");
}

RULE(srcu_memslots, .id = "srcu-memslots",
     .title = "what is read in a section of kvm->srcu is not used behind it",
     .check = check, .is_site = is_site);
