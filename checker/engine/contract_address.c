// SPDX-License-Identifier: GPL-2.0-only
/* Rows about kinds of addresses and the places that hold them. */

#include "contract_read.h"

#include <string.h>

static const struct address *address_named(const struct contracts *contracts,
					   const char *name)
{
	unsigned i;

	for (i = 0; name && i < contracts->addresses.n; i++)
		if (contracts->addresses.at[i]->name == name)
			return contracts->addresses.at[i];
	return NULL;
}

/* "64", "long", or a type that is as wide */
static bool read_bits(struct reader *r, unsigned *bits, const char **width)
{
	int64_t number;

	*width = NULL;
	if (r->at >= r->n)
		return expects(r, "a number of bits, 'long' or a type");
	if (!word_number(r->words[r->at], &number)) {
		*width = word_next(r);
		return true;
	}
	if (number < 1 || number > 64)
		return expects(r, "a number of bits up to 64");
	*bits = number;
	r->at++;
	return true;
}

static const struct address *read_kind(struct reader *r)
{
	const struct address *kind = NULL;

	if (r->at < r->n)
		kind = address_named(r->contracts, r->words[r->at]);
	if (kind)
		r->at++;
	else
		expects(r, "a kind of address from a row before this one");
	return kind;
}

/* "KIND >> N" or "KIND | KIND" */
static bool read_of(struct reader *r, struct address *address)
{
	const struct address *of = read_kind(r);
	int64_t shift;

	if (!of)
		return false;
	if (word_is(r, ">>")) {
		if (r->at >= r->n || !word_number(r->words[r->at], &shift) ||
		    shift < 1 || shift > 63)
			return expects(r, "a number below 64");
		r->at++;
		address->of = of;
		address->shift = shift;
		return true;
	}
	VEC_PUSH(&address->either, of);
	while (word_is(r, "|")) {
		of = read_kind(r);
		if (!of)
			return false;
		VEC_PUSH(&address->either, of);
	}
	return address->either.n > 1 || expects(r, "'>> N' or '| KIND'");
}

/* address KIND (TYPE, ...) [BITS] [= KIND >> N | = KIND | KIND] */
bool read_address(struct reader *r)
{
	struct address *address = arena_new(&run_arena, struct address);

	address->name = word_next(r);
	address->row = r->row;
	if (!address->name || !word_is(r, "("))
		return expects(r, "'address KIND (TYPE, ...) [BITS]'");
	if (address_named(r->contracts, address->name))
		return error_set(r->err, "%s:%u: the kind of address %s is there already",
				 r->file, r->line, address->name);
	while (!word_is(r, ")")) {
		const char *type = word_next(r);

		if (!type || strchr("(),=", *type))
			return expects(r, "a type");
		VEC_PUSH(&address->types, type);
		if (r->at < r->n && strcmp(r->words[r->at], ")") &&
		    !word_is(r, ","))
			return expects(r, "',' or ')'");
	}
	if (r->at < r->n && strcmp(r->words[r->at], "=") &&
	    !read_bits(r, &address->bits, &address->width))
		return false;
	if (word_is(r, "=") && !read_of(r, address))
		return false;
	VEC_PUSH(&r->contracts->addresses, address);
	return true;
}

/* "RECORD.FIELD", "FUNCTION(PARAM)" or, of what it returns, "FUNCTION()" */
static bool read_carrier(struct reader *r, struct carries *carries)
{
	const char *name = word_next(r);

	if (!name)
		return expects(r, "'carries RECORD.FIELD KIND' or 'carries FUNCTION(PARAMETER) KIND'");
	if (!word_is(r, "(")) {
		carries->key = name;
		if (strchr(name, '.'))
			return true;
		r->at--;
		return expects(r, "RECORD.FIELD or FUNCTION(PARAMETER)");
	}
	carries->function = name;
	if (!word_is(r, ")")) {
		carries->param = word_next(r);
		if (!carries->param || !word_is(r, ")"))
			return expects(r, "')'");
	}
	return true;
}

/* carries PLACE KIND|none [BITS] */
bool read_carries(struct reader *r)
{
	struct carries carries = { .row = r->row };

	if (!read_carrier(r, &carries))
		return false;
	if (!word_is(r, "none")) {
		carries.address = read_kind(r);
		if (!carries.address)
			return false;
	}
	if (r->at < r->n && !read_bits(r, &carries.bits, &carries.width))
		return false;
	VEC_PUSH(&r->contracts->carries, carries);
	return true;
}
