// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who makes a translation go away owes a flush of what CPUs have cached of it:
 * before mmu_lock is dropped or yielded, since then others act as if it were gone.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(flush_before_unlock, "flush-before-unlock",
	   "TLBs are flushed before mmu_lock is dropped",
	   check_protocol, is_protocol_site);
