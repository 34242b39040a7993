/* SPDX-License-Identifier: GPL-2.0-only */
/* Program and contracts in, solved states and findings out. */
#ifndef MMUCHECK_ANALYSIS_H
#define MMUCHECK_ANALYSIS_H

#include "infer.h"
#include "verdict.h"

struct analysis {
	struct program *program;	/* filled by the caller */
	struct contracts *contracts;	/* likewise */
	bool aliases;			/* set by the caller: see struct link */
	struct solver *solver;
	struct findings findings;	/* sorted */
	struct verdicts *verdicts;	/* on every assert */
	unsigned rounds;		/* how often all was solved */
};

struct analysis *analysis_new(void);

/*
 * analysis_run() - link, solve and ask every rule
 *
 * The functions that findings.closer names are seen in full from the start: with
 * those of an analysis of nearly the same program, once is enough if nothing new
 * is found.  In the end it names all that were.
 */
bool analysis_run(struct analysis *analysis, struct error *err);

/* What callers hold, of an analysis that was run. */
struct inference *analysis_infer(struct analysis *analysis);

#endif
