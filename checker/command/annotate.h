/* SPDX-License-Identifier: GPL-2.0-only */
/* Contracts that were proved: as patches to the source, or as lines to read. */
#ifndef MMUCHECK_ANNOTATE_H
#define MMUCHECK_ANNOTATE_H

#include "input.h"
#include "propose.h"

struct annotate {
	const char *folder;	/* where the patches go */
	const char *tree;	/* the kernel's source */
	const char *author;	/* NULL: nobody */
	const char *limits;	/* what Clang's analysis cannot follow: a file, or NULL */
	bool mainline;		/* its context analysis is to check them */
};

/* Which functions are meant. */
struct wanted {
	bool (*is)(const void *data, const struct function *fn);
	const void *data;
};

/*
 * prove() - what can be stated of functions and was proved
 * @analysis: of @input, run; in the end one of the same that has been proved in
 *
 * NULL and @err if the input is not what it was.
 */
struct proposals *prove(const struct input *input, struct analysis **analysis,
			const struct wanted *wanted, struct error *err);

/* Writes it down as patches. */
bool annotate(const struct annotate *options, const struct input *input,
	      struct analysis *analysis, const struct wanted *wanted,
	      struct error *err);

/* Prints what a lockdep assert can say of it: "FUNCTION held|write|read LOCK". */
bool print_asserts(const struct input *input, struct analysis *analysis,
		   const struct wanted *wanted, struct error *err);

#endif
