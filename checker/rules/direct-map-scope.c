// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory that is kept out of the direct map is put back, used and taken out
 * under the folio lock, and the folio's flag says how things stand when it is dropped.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(direct_map_scope, "direct-map-scope",
	   "the direct map and its flag change together under the folio lock",
	   check_protocol, is_protocol_site);
