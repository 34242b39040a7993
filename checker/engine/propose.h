/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contracts that could be written into the source: what the asserts of functions
 * declare and what all their callers were seen to hold, each said over the
 * function's parameters.  A proposal is a guess until it was proved: put into the
 * program as if the source stated it, all calls are solved anew, and who cannot
 * be shown to hold that very lock in that mode refutes it.
 */
#ifndef MMUCHECK_PROPOSE_H
#define MMUCHECK_PROPOSE_H

#include "analysis.h"

struct proposal {
	unsigned fn;			/* index in the program's functions */
	const char *word;		/* as in a contract_attr */
	const char *args[3];		/* as facts spell expressions */
	unsigned nargs;
	const struct contract_attr *attr;	/* while it is held to the proof */
	unsigned calls;			/* that were shown to hold it */
	bool refuted;
};

struct proposals {
	VEC(struct proposal) all;	/* by function */
};

/* What could be stated of the functions of an analysis that was run. */
struct proposals *propose(struct analysis *analysis);

/*
 * proposals_try() - one round of the proof
 * @analysis: the same program and contracts, not yet run
 *
 * Drops what is refuted, or what no call was seen of.  A call is taken to hold
 * what a proposal asks for once it was refuted there, so only a round that drops
 * nothing proves the rest: *@proved is set by it.
 */
bool proposals_try(struct proposals *proposals, struct analysis *analysis,
		   bool *proved, struct error *err);

/*
 * propose_outcomes() - what functions do to locks, on all ways that were solved
 * @analysis: the one that proved @proposals; these are added to
 * @mainline: of locks that sleep, too
 */
void propose_outcomes(struct analysis *analysis, struct proposals *proposals,
		      bool mainline);

#endif
