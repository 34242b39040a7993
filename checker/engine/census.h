/* SPDX-License-Identifier: GPL-2.0-only */
/* How much of a program was seen, and what had to be assumed. */
#ifndef MMUCHECK_CENSUS_H
#define MMUCHECK_CENSUS_H

#include "analysis.h"

struct census {
	unsigned units, functions, solved;
	unsigned unread;		/* functions that the front end could not read */
	unsigned calls;			/* all of them */
	unsigned in_sight;		/* of functions whose body was read */
	unsigned by_row;		/* of what a contract row describes */
	unsigned out_of_sight;		/* of the rest: taken to move no lock */
	unsigned pointers, open;	/* through a pointer; to nobody known */
	unsigned verdicts[VERDICTS];
	unsigned contexts, nodes;
	unsigned state_caps;		/* functions that gave up states */
	unsigned context_caps;		/* functions that were entered in too many */
	unsigned depth_caps;
	unsigned stated, not_understood;	/* contracts in the source */
	unsigned allowed;		/* findings that a reason lets stand */
	unsigned rows, unmatched;	/* contract rows; those that met nothing */
};

/* What @rule has to ask in the program; for rules that can say so. */
struct rule;
unsigned census_sites(const struct analysis *analysis, const struct rule *rule);

/* All ways through each function of that name were followed to their ends. */
bool census_is_settled(const struct analysis *analysis, const char *function);

void census_take(const struct analysis *analysis, struct census *census);

#endif
