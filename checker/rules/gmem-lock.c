// SPDX-License-Identifier: GPL-2.0-only
/*
 * An invalidation of guest_memfd runs while nobody binds or unbinds; a folio that is
 * found is unlocked, and it and the file are put, on every way out.
 */

#include "needs.h"
#include "rule.h"

MARKS_RULE(gmem_lock, "gmem-lock",
	   "guest_memfd changes under its locks, and keeps no folio or file",
	   check_protocol, is_protocol_site);
