/* SPDX-License-Identifier: GPL-2.0-only */
/* A call: the caller's words to the callee's and back; for call.c and its parts. */
#ifndef MMUCHECK_MAPPING_H
#define MMUCHECK_MAPPING_H

#include "solve.h"

#define MAX_ARGS	64
#define MAX_OUTER	256
#define MAX_HOLDS	64	/* of which it is kept how they go in */
/* Names for what is not told apart */
#define FRAME		MAX_OUTER		/* something that is held */
#define CROWD		(MAX_OUTER + 1)		/* one of many */

struct mapping {
	struct solver *solver;
	struct work *w;
	const struct insn *insn;
	const struct function *callee;
	const struct slice *slice;		/* what decides in it */
	const struct term *args[MAX_ARGS];
	const struct term *params[MAX_ARGS];	/* what the callee calls them */
	unsigned nargs;
	const struct state *entry;
	unsigned char passed[MAX_HOLDS];	/* of each hold; 0: not asked yet */
	unsigned char crowd[MAX_HOLDS];
	/* things that the callee has no name for */
	const struct term *outer[MAX_OUTER];
	unsigned nouter;
	bool may_be_outer, failed, by_member;
	/* things that only the callee has a name for */
	const struct term *inner[MAX_OUTER];
	unsigned ninner;
};

/* What @t is an address in. */
const struct term *base_of(const struct term *t);

/* name.c: names for the callee's parameters, before all else; what it calls @t, or
 * NULL if it has no name for it, nor gets one; whether @t is more than a constant;
 * and the class that a lock keeps which is passed. */
void name_params(struct mapping *m);
const struct term *map_in(struct mapping *m, const struct term *t,
			  bool may_be_outer);
bool is_address(const struct term *t);
const struct lock_class *param_class(struct mapping *m, unsigned i);

/* enter.c: the state that the callee is entered in. It stands until the next call. */
struct state *enter(struct mapping *m);
/* True if the callee sees the @i-th hold; if as one of many without a name. */
bool is_passed(struct mapping *m, unsigned i);
bool is_crowd(struct mapping *m, unsigned i);

/* leave.c: what @exit makes of the caller's path, added to @out; after the last
 * there is no such path any more. */
void leave(struct mapping *m, const struct context *context,
	   const struct state *exit, bool last, struct works *out);

#endif
