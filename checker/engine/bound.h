/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How large a number can be at one point of a function: by masks and shifts, by
 * what it was compared with on every way there, by its type.
 */
#ifndef MMUCHECK_BOUND_H
#define MMUCHECK_BOUND_H

#include "kind.h"

#define UNBOUNDED	UINT64_MAX

/* The bounds of one function's variables, where each block begins. */
struct bounds;

struct bounds *bounds_new(struct kinds *kinds, const struct function *fn);

/*
 * bound_at() - the largest value of @e as unsigned
 * @block, @insn: the instruction that it is part of; the number of instructions
 *		  for the block's condition
 */
uint64_t bound_at(struct bounds *bounds, unsigned block, unsigned insn,
		  const struct expr *e);

#endif
