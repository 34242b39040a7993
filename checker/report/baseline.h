/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings that are known, one a line: "RULE FILE FUNCTION(): WORDS #IDENTITY".
 * The lines come sorted and none hangs on another, so that two branches' files
 * merge as text; read is only the identity, in whatever order, twice or once.
 */
#ifndef MMUCHECK_BASELINE_H
#define MMUCHECK_BASELINE_H

#include "finding.h"

struct baseline {
	VEC(const char *) ids;		/* interned, each once */
};

/* False and @err if it cannot be read or a line is none of these. */
bool baseline_read(struct baseline *baseline, const char *path,
		   struct error *err);
/* What is known of @findings, divided; with @add what is new as well. */
bool baseline_write(const char *path, const struct findings *findings,
		    bool add, struct error *err);

/* Those of @findings that are in @baseline go from all to known. */
void baseline_divide(const struct baseline *baseline,
		     struct findings *findings);

#endif
