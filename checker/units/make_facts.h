/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMUCHECK_MAKE_FACTS_H
#define MMUCHECK_MAKE_FACTS_H

#include "unit.h"

/* What became of the facts of one unit. */
struct made {
	bool fresh;		/* they were there */
	bool failed;
	const char *trouble;	/* why, without the unit's name */
};

/*
 * make_facts() - bring the facts of all @units up to date
 * @made: one for each unit
 *
 * A unit that cannot be read takes nothing from the others.  False and @err if
 * it could not even be tried.
 */
bool make_facts(const struct maker *maker, const struct unit_files *units,
		unsigned parallel, struct made *made, struct error *err);

#endif
