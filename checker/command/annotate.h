/* SPDX-License-Identifier: GPL-2.0-only */
/* Contracts that were proved, as patches to the source. */
#ifndef MMUCHECK_ANNOTATE_H
#define MMUCHECK_ANNOTATE_H

#include "input.h"

struct annotate {
	const char *folder;	/* where the patches go */
	const char *tree;	/* the kernel's source */
	const char *author;	/* NULL: nobody */
};

/*
 * annotate() - prove what can be stated of functions, and write it down
 * @analysis: of @input, run
 * @is_wanted: whether a function is to be annotated
 */
bool annotate(const struct annotate *options, const struct input *input,
	      struct analysis *analysis,
	      bool (*is_wanted)(const void *data, const struct function *fn),
	      const void *data, struct error *err);

#endif
