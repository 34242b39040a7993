/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What somebody has looked at and lets stand: by a comment beside the code, or
 * by a row for a function, each with its reason.
 */
#ifndef MMUCHECK_ALLOW_H
#define MMUCHECK_ALLOW_H

#include "finding.h"

struct allow {
	const char *rule;
	const char *file;	/* that it stands in */
	unsigned line, col;
	unsigned end;		/* of a comment: the last line it is about */
	const char *function;	/* of a row: what it is about; else NULL */
	const char *reason;
	bool whole;		/* of a function that says so itself: all in it */
	bool optional;		/* need not suppress anything */
	bool used;
};

/* The rule that a comment allows; NULL if it is malformed. */
const char *allow_comment_rule(const struct comment *comment);

/*
 * allows_collect() - all that @program and @contracts allow, into @findings
 *
 * False and @err if one of them is malformed or has no reason.
 */
bool allows_collect(struct findings *findings, const struct program *program,
		    const struct contracts *contracts, struct error *err);

/* True, and noted, if @finding is allowed. */
bool allows_take(struct findings *findings, struct finding *finding);

/* Takes what is allowed out of @findings. */
void allows_apply(struct findings *findings);

/*
 * allows_report() - a finding for each that suppresses nothing
 * @own: those of the rules in here, or those of the others
 */
void allows_report(struct findings *findings, const struct program *program,
		   bool own);

/* Takes the reports of these out again: not all was seen. */
void allows_unreport(struct findings *findings);

#endif
