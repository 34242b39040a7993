// SPDX-License-Identifier: GPL-2.0-only
/*
 * A fault is served with a root that is there: asked for, or loaded, since it came
 * in, and not freed meanwhile.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(root_valid, "root-valid",
	   "a fault is served with a root that is there",
	   check_protocol, is_protocol_site);
