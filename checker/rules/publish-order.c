// SPDX-License-Identifier: GPL-2.0-only
/*
 * What others read without a lock they read in the order that it was written in:
 * what is announced is there before, and a barrier on either side keeps it so.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(publish_order, "publish-order",
	   "what is announced is there before, and a barrier keeps it so",
	   check_protocol, is_protocol_site);
