/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kind of address a number is: by the type it was declared with, by a row,
 * or, of what has a type that says nothing, because nothing else is ever put
 * there, by whatever function.
 */
#ifndef MMUCHECK_KIND_H
#define MMUCHECK_KIND_H

#include "link.h"

struct kinds;

/* The largest number of this many bits */
static inline uint64_t ones(unsigned bits)
{
	return bits >= 64 ? UINT64_MAX : (1ull << bits) - 1;
}

/* NULL if no row speaks of addresses. */
struct kinds *kinds_of(struct link *link);

/* Of the value of @e; NULL if it is no address, or may be anything. */
const struct address *kind_of_value(struct kinds *kinds,
				    const struct function *fn,
				    const struct expr *e);

/* Of what the source or a row says is at @to; NULL if nobody says. */
const struct address *kind_declared(struct kinds *kinds,
				    const struct function *fn,
				    const struct expr *to);
const struct address *kind_of_param(struct kinds *kinds,
				    const struct function *fn, unsigned param);
const struct address *kind_of_result(struct kinds *kinds,
				     const struct function *fn);

/* True if what is @address may be an @other. */
bool kind_may_be(const struct address *address, const struct address *other);

/*
 * False if the kind of @e is known by what was put into a member: there may be
 * more in it, put there with its whole record.
 */
bool kind_is_told(struct kinds *kinds, const struct function *fn,
		  const struct expr *e);

/* How many bits an address of this kind may have; 0 if nobody says. */
unsigned kind_bits(const struct kinds *kinds, const struct address *address);

/* How many bits a row says that what is at @e has; 0 if none does. */
unsigned kind_fits(const struct kinds *kinds, const struct function *fn,
		   const struct expr *e);

/* Where a place got its kind from that no type or row says. */
struct origin {
	const struct function *fn;
	const struct insn *insn;
	const struct expr *value;
};

/*
 * kind_origin() - how the carrier in @e came to its kind
 *
 * False if its declaration says so, or @e has no carrier.
 */
bool kind_origin(struct kinds *kinds, const struct function *fn,
		 const struct expr *e, struct origin *ret);

#endif
