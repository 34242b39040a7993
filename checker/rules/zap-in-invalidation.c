// SPDX-License-Identifier: GPL-2.0-only
/*
 * A range of gfns is zapped where no fault can bring it back: while an
 * invalidation is open, or when its memslot was removed for every reader.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(zap_in_invalidation, "zap-in-invalidation",
	   "gfns are zapped in an invalidation, or with their memslot",
	   check_protocol, is_protocol_site);
