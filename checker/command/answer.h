/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMUCHECK_ANSWER_H
#define MMUCHECK_ANSWER_H

#include "input.h"

/*
 * answer_find() - what is found in the facts of @input
 * @kept: file that keeps the answer, NULL: none
 *
 * If facts, contracts and mmucheck itself are those of last time, so is the
 * answer.  One that cannot be kept is found anew next time.
 */
bool answer_find(const struct input *input, const char *kept,
		 struct findings *findings, struct error *err);

/*
 * The same with several, NULL at the end: a new answer goes into the first.  What
 * @findings names as seen closer is so from the start.
 */
bool answer_find_in(const struct input *input, const char *const *kept,
		    struct findings *findings, struct error *err);

/*
 * answer_read() - the findings of a state of a tree
 * @path: a folder with facts, one file of facts, or JSON lines
 */
bool answer_read(const struct input *input, const char *path,
		 struct findings *findings, struct error *err);

#endif
