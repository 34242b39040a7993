// SPDX-License-Identifier: GPL-2.0-only
/* Whether two names are one object, and which hold is meant by one. */

#include "solve.h"

/*
 * A value that is somebody's own name for an object, as opposed to what some
 * pointer in memory happens to point to.
 */
static bool is_direct(const struct term *t)
{
	switch (t->kind) {
	case TERM_PARAM:
	case TERM_GLOBAL:
	case TERM_LOCAL:
	case TERM_CONTAINER:
		return true;
	default:
		return false;
	}
}

/* The variable at file scope that the way to @t begins at, if it does. */
static const struct term *global_root(const struct term *t)
{
	while (t->kind == TERM_LOAD || t->kind == TERM_FIELD ||
	       t->kind == TERM_ELEMENT)
		t = t->a;
	return t->kind == TERM_GLOBAL ? t : NULL;
}

/*
 * A pointer in an object may be the one that was passed as well: kvm, and
 * vcpu->kvm. The same member of two objects is two, and what a variable of
 * everybody's points to is not what was passed, unless the path has compared them.
 */
static bool are_apart(const struct term *a, const struct term *b)
{
	if (is_direct(a) && is_direct(b))
		return true;
	if ((a->kind == TERM_OUTER && a->op && b->kind == TERM_PARAM) ||
	    (b->kind == TERM_OUTER && b->op && a->kind == TERM_PARAM))
		return true;
	if (a->kind == TERM_LOAD && b->kind == TERM_LOAD &&
	    a->a->kind == TERM_FIELD && b->a->kind == TERM_FIELD &&
	    a->a->field == b->a->field)
		return are_apart(a->a->a, b->a->a);
	if ((a->mentions | b->mentions) & (MENTION_FRAME | MENTION_OUTER))
		return false;
	return global_root(a) != global_root(b);
}

int same_instance(const struct term *a, const struct term *b)
{
	if (a == b)
		return 1;
	if (!a || !b)
		return -1;
	while (a->kind == TERM_FIELD && b->kind == TERM_FIELD &&
	       a->field == b->field) {
		a = a->a;
		b = b->a;
	}
	if (a == b)
		return 1;
	return are_apart(a, b) ? 0 : -1;
}

struct hold *hold_find(struct work *w, const struct lock_class *cls,
		       const struct term *at, int *how)
{
	struct hold *found = NULL;
	unsigned i;

	*how = 0;
	for (i = 0; i < w->holds.n; i++) {
		struct hold *hold = &w->holds.at[i];
		int same;

		if (hold->cls != cls)
			continue;
		same = same_instance(hold->at, at);
		if (same == 1) {
			*how = 1;
			return hold;
		}
		if (same < 0) {
			*how = -1;
			found = hold;
		}
	}
	return found;
}
