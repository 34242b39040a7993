// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a fault has resolved is installed only if no invalidation has come since:
 * mmu_invalidate_seq is copied before, and asked for again under mmu_lock.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(fault_retry, "fault-retry",
	   "what a fault installs was asked for under mmu_lock",
	   check_protocol, is_protocol_site);
