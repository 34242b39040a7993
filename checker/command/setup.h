/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMUCHECK_SETUP_H
#define MMUCHECK_SETUP_H

#include "input.h"
#include "unit.h"

/*
 * maker_set_up() - how facts are made for @tree with the annotations of @input
 * @facts: the folder to keep them below, NULL: beside the objects
 */
bool maker_set_up(struct maker *maker, const struct tree *tree,
		  const struct input *input, const char *facts,
		  struct error *err);

/* What -j is without a number, and what it is with one. */
unsigned cpus(void);
unsigned parse_jobs(const char *arg, struct argp_state *state);

#endif
