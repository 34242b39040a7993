// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whoever takes pages out of the dirty log has all CPUs forget that they were
 * writable, before anybody may take them for clean; who makes one writable puts it in.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(dirty_log, "dirty-log",
	   "what leaves the dirty log is written by no CPU that was not told",
	   check_protocol, is_protocol_site);
