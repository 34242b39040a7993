// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rule: what is allowed is there to be allowed.  It is judged when all rules have
 * spoken, so the rule itself looks at no event: engine/allow.c does it.
 */

#include "rule.h"

RULE(allow, .id = "allow",
     .title = "what a comment or a row allows is still found there");
