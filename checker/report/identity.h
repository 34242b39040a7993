/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What makes a finding the same one in two states of a tree: its rule, its
 * function and its words, less the numbers in them.  Lines move, files are
 * renamed; the n-th of several that are alike is the n-th.
 */
#ifndef MMUCHECK_IDENTITY_H
#define MMUCHECK_IDENTITY_H

#include "finding.h"

/*
 * identify() - give each finding its identity, interned
 *
 * To be asked of all that was found in a state of a tree, before some of it is
 * taken out: which of several that are alike one is does not change by that.
 */
void identify(const struct findings *findings);

/* Its message, with # in the place of every number. */
const char *identity_words(const struct finding *finding);

/* What is in @a and not in @b; of several that are alike each counts. */
struct findings findings_without(const struct findings *a,
				 const struct findings *b);

#endif
