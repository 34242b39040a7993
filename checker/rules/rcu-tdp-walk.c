// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page tables are freed when all walks without mmu_lock are over: what one of them
 * found is good until its end.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(rcu_tdp_walk, "rcu-tdp-walk",
	   "what a walk without mmu_lock found is not used behind it",
	   check_protocol, is_protocol_site);
