// SPDX-License-Identifier: GPL-2.0-only
/* What a function takes it drops on every path, unless its callers show the pair. */

#include "balanced.h"
#include "rule.h"

MARKS_RULE(lock_balance, "lock-balance",
	   "what is taken is dropped on every path",
	   check_balance, is_balance_site);
