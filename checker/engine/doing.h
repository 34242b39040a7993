/* SPDX-License-Identifier: GPL-2.0-only */
/* A row at work on a path; for effect.c, rows.c and protocol.c. */
#ifndef MMUCHECK_DOING_H
#define MMUCHECK_DOING_H

#include "solve.h"

/* One row at work on one call */
struct doing {
	struct path *path;
	struct work *w;
	const struct insn *insn;
	struct symbol *symbol;
	const struct effect *effect;
	const struct term **args;
	unsigned nargs;
	const struct lock_class *cls;
	const struct term *at;
	enum mode mode;
};

/* What the effect does; and what it says the call returns, NULL if nothing. */
void perform(struct doing *d);
const struct term *effect_result(struct doing *d);
const struct term *arg_of(struct doing *d, int n);
/* What is to be true for the effect to happen, in words of the path. */
const struct term *effect_condition(struct doing *d, const struct term *returned);

struct event event_of(struct doing *d, enum event_kind kind);
void add_hold(struct doing *d, bool asserted);
/* The hold that is meant; if there is none, it must not be for want of asking. */
struct hold *meant_hold(struct doing *d, int *how);
void remove_hold(struct work *w, struct hold *hold);

/* protocol.c: steps and debts; is_in_place(): "when A", "unless B" */
bool is_in_place(struct doing *d);
void do_mark(struct doing *d);
void do_unmark(struct doing *d);
void settle_debts(struct doing *d);
void forget_debts(struct work *w);
void end_marks(struct doing *d);

#endif
