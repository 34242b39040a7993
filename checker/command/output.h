/* SPDX-License-Identifier: GPL-2.0-only */
/* How a command says what it found. */
#ifndef MMUCHECK_OUTPUT_H
#define MMUCHECK_OUTPUT_H

#include "report.h"

#include <argp.h>

struct output {
	const struct format *format;	/* NULL: text */
	const char *colour;		/* "always", "never"; NULL: on a terminal */
};

/* --format, --color; its input is a struct output. */
extern const struct argp output_argp;

/*
 * output_print() - say it on standard output
 *
 * Returns the command's exit status; FAILED if it could not be said.
 */
int output_print(const struct output *output, const struct findings *findings);

/* True if all that was printed reached standard output; else says why not. */
bool output_flush(void);

/* "mmucheck: " and the error on standard error; FAILED. */
int output_error(const struct error *err);

#endif
