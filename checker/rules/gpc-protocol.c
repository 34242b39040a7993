// SPDX-License-Identifier: GPL-2.0-only
/*
 * A mapping of a guest page that is kept is used where it was found good, under
 * the lock that its invalidation waits for; and it is replaced in an order in which
 * an invalidation is never missed.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(gpc_protocol, "gpc-protocol",
	   "a page that is kept mapped is used only where it was found good",
	   check_protocol, is_protocol_site);
