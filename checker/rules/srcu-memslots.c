// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memslots, buses and filters are replaced while others read them: what a reader
 * has of them is good until he leaves the section.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(srcu_memslots, "srcu-memslots",
	   "what is read in a section of kvm->srcu is not used behind it",
	   check_protocol, is_protocol_site);
