// SPDX-License-Identifier: GPL-2.0-only
/*
 * An invalidation of guest_memfd runs while nobody binds or unbinds; a folio that is
 * found is unlocked, and it and the file are put, on every way out.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "gmem-lock");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "gmem-lock");
}

RULE(gmem_lock, .id = "gmem-lock",
     .title = "guest_memfd changes under its locks, and keeps no folio or file",
     .check = check, .is_site = is_site);
