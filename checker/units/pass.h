/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One pass of make over a tree, unit by unit, each in a process of its own that
 * does not know of the others.  Nothing is judged before the facts of all units
 * are there and up to date: with half of them missing, callers are missing, and
 * what these hold.  The units that came by until then are waiting; whoever
 * completes the set tells what is to be said of them too.
 */
#ifndef MMUCHECK_PASS_H
#define MMUCHECK_PASS_H

#include "shell.h"

struct pass {
	const char *path;
	int lock;		/* held from pass_open() to pass_close() */
	struct words waiting;	/* units' sources */
	struct words told;	/* what was said already, as hashes */
};

/* Waits for its turn and reads what the units before have left. */
bool pass_open(struct pass *pass, const char *state, struct error *err);

bool pass_is_waiting(const struct pass *pass, const char *source);
void pass_wait(struct pass *pass, const char *source);

bool pass_was_told(const struct pass *pass, const char *what);

/* Leaves it to the units that come. */
bool pass_close(struct pass *pass, struct error *err);

#endif
