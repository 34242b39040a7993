/* SPDX-License-Identifier: GPL-2.0-only */
/* From where something is wrong, call by call, up to whoever is to blame for it. */
#ifndef MMUCHECK_CLIMB_H
#define MMUCHECK_CLIMB_H

#include "finding.h"

/* The first member of what a rule knows of it. */
struct climb {
	struct findings *findings;
	const struct event *event;
	const struct caller *way[64];	/* so far, the innermost call first */
	unsigned steps;
	unsigned mark;			/* of the contexts that were climbed */
	/* true if it was for @caller's own callers to see to it */
	bool (*goes_on)(const struct climb *climb, const struct caller *caller,
			const struct context *callee);
	/* @caller is to blame for calling @callee; NULL: nobody calls that */
	void (*blame)(struct climb *climb, const struct caller *caller,
		      const struct context *callee);
};

/* Each context once; not by calls where the kernel has warned before. */
void climb_from(struct climb *climb, struct context *context);

/* The path of @finding, by the way that was climbed. */
void climb_path(const struct climb *climb, struct finding *finding);

#endif
