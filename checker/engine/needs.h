/* SPDX-License-Identifier: GPL-2.0-only */
/* What rules about contracts have in common. */
#ifndef MMUCHECK_NEEDS_H
#define MMUCHECK_NEEDS_H

#include "finding.h"

/*
 * check_needs() - a finding of @rule where what @event asks for is not held
 *
 * Told at whoever should have seen to it, not where it is asked.
 */
void check_needs(struct findings *findings, const struct event *event,
		 const char *rule);

/*
 * check_protocol() - the same for the marks of @rule
 *
 * These are the steps that its "mark" rows name: one that was not taken before
 * it was asked for, or a debt that is open where it is due.
 */
void check_protocol(struct findings *findings, const struct event *event,
		    const char *rule);

/* What the row forbids is let be here: what it names behind "unless" is held. */
bool is_excused(const struct never *never, const struct work *w);

/* check_never() - a lock that is not to be taken in a section that is a mark of @rule */
void check_never(struct findings *findings, const struct event *event,
		 const char *rule);

#endif
