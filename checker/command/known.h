/* SPDX-License-Identifier: GPL-2.0-only */
/* --baseline: what is known is not told. */
#ifndef MMUCHECK_KNOWN_H
#define MMUCHECK_KNOWN_H

#include "finding.h"

#include <argp.h>

/* --baseline; its input is a const char *, the file. */
extern const struct argp known_argp;

/*
 * known_leave_out() - take out of @findings what the file @path knows
 * @whole: all was seen, so that what is not found is gone
 *
 * A line on standard error says how much that is.  Without a @path it does
 * nothing.
 */
bool known_leave_out(const char *path, struct findings *findings, bool whole,
		     struct error *err);

#endif
