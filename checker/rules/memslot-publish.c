// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memslots are changed in a copy that nobody reads, put in the place of those that
 * are read while no invalidation is under way, and freed when all readers have left.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(memslot_publish, "memslot-publish",
	   "memslots are changed in a copy, and freed when readers have left",
	   check_protocol, is_protocol_site);
