/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sparse beside the checker.  What it says is passed on, but for its warnings of
 * lock contexts in functions whose facts are there: these are what the rule
 * lock-balance judges, lock by lock, and tells itself if it is so.
 */
#ifndef MMUCHECK_SPARSE_H
#define MMUCHECK_SPARSE_H

#include "analysis.h"
#include "input.h"
#include "shell.h"

/*
 * sparse_run() - run sparse as make would have
 * @command: its arguments, the compiler's among them
 * @facts: the file of the unit's facts, NULL if there are none
 *
 * What is not passed on is kept beside the facts, to be counted.
 */
bool sparse_run(const struct words *command, const char *facts,
		struct error *err);

/* Warnings of lock contexts that were kept beside the facts of @input. */
struct sparse_count {
	bool was_run;
	unsigned kept;
	unsigned untrue;	/* no finding of lock-balance in that function */
	unsigned unsettled;	/* not all ways through that function were followed */
};

bool sparse_count(const struct input *input, const struct analysis *analysis,
		  struct sparse_count *count, struct error *err);

#endif
