/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loans: values that are good only in the section they were got in. loan.c says
 * where one may outlive it, stale.c follows those on the paths.
 */
#ifndef MMUCHECK_LOAN_H
#define MMUCHECK_LOAN_H

#include "solve.h"

/* After find_reach(). */
void find_loans(struct link *link);

/* stale.c: @insn, of the function at work, has put a value where it says */
void lend(struct path *path, struct work *w, const struct insn *insn);
/* @mark has ended, at @insn: what was lent under it is stale, a hold in @w. */
void expire(struct work *w, const struct lock_class *mark,
	    const struct insn *insn);
/* There is a reference of @value now: it is the same, but not lent any more. */
void keep_lent(struct work *w, const struct term *value,
	       const struct insn *insn);
/* Shows the use of what is stale; at a branch @insn is NULL. */
void show_stale(struct path *path, struct work *w, const struct insn *insn);
void show_stale_condition(struct path *path, struct work *w,
			  const struct block *block);
bool has_loans(const struct work *w);
/* What no variable or member has any more is no matter of @w's; @live: of the
 * variables, NULL: all. */
void forget_loans(struct work *w, const struct bits *live);
/* As if all sections had ended in which something is lent. */
void end_loans(struct work *w);
/* What no longer matters, for all that this function was lent itself: it returns. */
void end_own_loans(struct work *w);

/* Where the value was got that a hold of a stale class is about. */
const struct insn *where_lent(const struct function *fn,
			      const struct hold *hold);

#endif
