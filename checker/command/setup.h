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

#endif
