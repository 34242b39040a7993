/* SPDX-License-Identifier: GPL-2.0-only */
/* What the rules in SmPL say, among the others' findings. */
#ifndef MMUCHECK_COCCI_H
#define MMUCHECK_COCCI_H

#include "finding.h"

/*
 * cocci_find() - run the rules in SmPL on the source @kernel
 * @patterns: only what is said of these paths counts; none: all
 * @findings: what is found is added, unless a rule of the same id has told of
 *	the same function already
 * @complete: set to false if a rule failed
 *
 * What spatch did not parse and what failed is said on standard error.
 */
bool cocci_find(const char *kernel, const char *const *patterns,
		unsigned npatterns, struct findings *findings, bool *complete,
		struct error *err);

#endif
