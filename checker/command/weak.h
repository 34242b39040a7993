/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What another analysis cannot follow of functions whose contracts were proved, as
 * a file says: "limit WORD WHAT" for each kind, "FILE FUNCTION WORD" for each function.
 */
#ifndef MMUCHECK_WEAK_H
#define MMUCHECK_WEAK_H

#include "base.h"

#include <stdio.h>

struct limit {
	const char *file, *function;
	const char *word;
};

struct limits {
	VEC(struct limit) functions;
	VEC(struct limit) words;	/* .function: what it says */
};

bool limits_read(struct limits *limits, const char *path, struct error *err);

/* By kind, the functions of files that @is says are meant; false if there is none. */
bool limits_print(FILE *out, const struct limits *limits,
		  bool (*is)(const void *data, const char *file),
		  const void *data);

#endif
