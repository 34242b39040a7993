// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory that is kept out of the direct map is put back, used and taken out
 * under the folio lock, and the folio's flag says how things stand when it is dropped.
 */

#include "needs.h"
#include "rule.h"

static void check(struct findings *findings, const struct event *event)
{
	check_protocol(findings, event, "direct-map-scope");
}

static bool is_site(struct link *link, const struct insn *insn)
{
	return is_protocol_site(link, insn, "direct-map-scope");
}

RULE(direct_map_scope, .id = "direct-map-scope",
     .title = "the direct map and its flag change together under the folio lock",
     .check = check, .is_site = is_site);
