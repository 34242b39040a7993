/* SPDX-License-Identifier: GPL-2.0-only */
/* What is taken is given back. */
#ifndef MMUCHECK_BALANCED_H
#define MMUCHECK_BALANCED_H

#include "finding.h"

/*
 * check_balance() - a finding of @rule where a way out keeps what it took
 *
 * Or where what is dropped is not held. Of locks, and of what a "mark" row with the
 * flavour of a resource says is told of by @rule.
 */
void check_balance(struct findings *findings, const struct event *event,
		   const char *rule);
/*
 * check_reference() - that, and what @rule's other marks ask for
 *
 * What is owed for a while, or is not to be used any more.
 */
void check_reference(struct findings *findings, const struct event *event,
		     const char *rule);

#endif
