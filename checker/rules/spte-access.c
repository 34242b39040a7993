// SPDX-License-Identifier: GPL-2.0-only
/*
 * An SPTE that others may change is written in one step, is frozen by one of them
 * only, and is writable only when its page shows as unsync.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(spte_access, "spte-access",
	   "what others may change in an SPTE is not lost, nor taken for granted",
	   check_protocol, is_protocol_site);
