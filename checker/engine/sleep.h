/* SPDX-License-Identifier: GPL-2.0-only */
/* What rules about sleeping have in common. */
#ifndef MMUCHECK_SLEEP_H
#define MMUCHECK_SLEEP_H

#include "finding.h"

/*
 * check_sleep() - a finding of @rule where @event sleeps and must not
 *
 * Under one of the marks that are the rule's own, or under a lock or section that
 * is no mark. Told where its holder calls what sleeps.
 */
void check_sleep(struct findings *findings, const struct event *event,
		 const char *rule, bool of_marks);

/* True if there may be something to say of a call. */
bool is_sleep(const struct effect *effect);

#endif
