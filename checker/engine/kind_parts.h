/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Places, and what is known of them; for kind.c and its parts.
 *
 * A place is a variable of a function, what a function returns, a member in
 * whatever record, or a variable at file scope.  Each is declared to be of a
 * kind, or is what all that is put there is: nothing yet, one kind, or no kind.
 */
#ifndef MMUCHECK_KIND_PARTS_H
#define MMUCHECK_KIND_PARTS_H

#include "kind.h"

/* What flows into a place whose type says nothing. */
struct inflow {
	unsigned place;
	struct origin from;
};

struct kinds {
	struct link *link;
	unsigned *first;		/* place of variable 0, by function */
	unsigned results, fields, globals, n;
	const struct address **at;	/* by place; NULL: nothing yet */
	bool *declared;
	struct origin *origins;
	VEC(struct inflow) inflows;
	unsigned char *fits;		/* bits that a row says; 0: none does */
};

/* More than one kind, or what nobody knows. */
extern const struct address no_address;

#define NOWHERE		((unsigned)-1)

/* kind_place.c */
unsigned place_of_var(const struct kinds *kinds, const struct function *fn,
		      unsigned var);
unsigned place_of(const struct kinds *kinds, const struct function *fn,
		  const struct expr *e);
const struct type *scalar_of(const struct type *type);
const struct address *kind_of_type(const struct kinds *kinds,
				   const struct type *type);
/* What somebody out of sight may put there is not known. */
void forget(struct kinds *kinds, unsigned place);
/* What the source and the rows say of each place. */
void declare_all(struct kinds *kinds);

/* kind_value.c */
const struct address *meet(const struct address *a, const struct address *b);
/* NULL: a constant, or what nobody has put anything in yet. */
const struct address *value_kind(struct kinds *kinds, const struct function *fn,
				 const struct expr *e);
/* The place in @e that makes it an address. */
unsigned carrier(struct kinds *kinds, const struct function *fn,
		 const struct expr *e);
/* Of a number of bits, of "long", or of a type; 0 if nobody says. */
unsigned bits_of(const struct kinds *kinds, unsigned bits, const char *width);

#endif
