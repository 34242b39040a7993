// SPDX-License-Identifier: GPL-2.0-only
/*
 * A step that a contract asks for was taken, and what a step owes is done: for
 * contracts that have no rule of their own.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(step_taken, "step-taken",
	   "what has to be done before or after is done on every path",
	   check_protocol, is_protocol_site);
