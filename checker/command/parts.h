/* SPDX-License-Identifier: GPL-2.0-only */
/* Where mmucheck finds what belongs to it: beside its own executable. */
#ifndef MMUCHECK_PARTS_H
#define MMUCHECK_PARTS_H

#include "base.h"

/* The folder with the contracts and the macro header that come with it. */
const char *parts_annotations(struct error *err);

/* The front end. */
const char *parts_frontend(struct error *err);

/* The program that runs the rules in SmPL, and the folder that they are in. */
struct cocci_parts {
	const char *program, *rules;
};

bool parts_cocci(struct cocci_parts *parts, struct error *err);

#endif
