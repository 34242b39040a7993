// SPDX-License-Identifier: GPL-2.0-only
/* From the kinds of places to those of values, and which place it is from. */

#include "kind_parts.h"

#include <stdio.h>
#include <string.h>

const struct address no_address = { .name = "no address" };

const struct address *meet(const struct address *a,
				  const struct address *b)
{
	if (!a || !b)
		return a ? a : b;
	return a == b ? a : &no_address;
}

unsigned bits_of(const struct kinds *kinds, unsigned bits,
			const char *width)
{
	char text[100];

	if (bits || !width)
		return bits;
	if (!strcmp(width, "long"))
		return kinds->link->program->pointer_bits;
	snprintf(text, sizeof(text), "#%s", width);
	return program_type(kinds->link->program, text, strlen(text))->bits;
}

bool kind_may_be(const struct address *address, const struct address *other)
{
	unsigned i;

	for (i = 0; i < address->either.n; i++)
		if (address->either.at[i] == other)
			return true;
	return address == other;
}

/* The kind that @address shifted by @shift is; to the left if @shift < 0. */
static const struct address *shifted(const struct kinds *kinds,
				     const struct address *address, int64_t shift)
{
	const struct contracts *contracts = kinds->link->contracts;
	unsigned i;

	if (!address || address == &no_address || !shift)
		return address;
	if (shift < 0)
		return address->of && -shift == address->shift ? address->of
							       : &no_address;
	for (i = 0; i < contracts->addresses.n; i++)
		if (contracts->addresses.at[i]->shift == shift &&
		    kind_may_be(address, contracts->addresses.at[i]->of))
			return contracts->addresses.at[i];
	return &no_address;
}

static int log2_of(const struct expr *e)
{
	uint64_t value = e->op == EXPR_INT ? e->value : 0;

	if (!value || value & (value - 1))
		return -1;
	return __builtin_ctzll(value);
}

/* What is left of an address by a mask is one if the mask cuts its end off. */
static const struct address *masked(const struct address *address,
				    const struct expr *mask)
{
	uint64_t value;

	while (mask->op == EXPR_CAST)
		mask = mask->a;
	if (mask->op == EXPR_UNARY && mask->sub != UN_NOT)
		return address;
	if (mask->op != EXPR_INT)
		return &no_address;
	/* From some bit on, up to the last one of some width */
	value = mask->value;
	value |= value - 1;
	return !(mask->value & 1) && !(value & (value + 1)) && value >> 31
		? address : &no_address;
}

static bool is_kind(const struct address *kind)
{
	return kind && kind != &no_address;
}

/* An address and a number is an address; of two it is none. */
static const struct address *sum(const struct address *a,
				 const struct address *b)
{
	if (is_kind(a) && is_kind(b))
		return &no_address;
	return is_kind(a) ? a : is_kind(b) ? b : &no_address;
}

static const struct address *scaled(const struct kinds *kinds,
				    const struct address *a,
				    const struct expr *e)
{
	int log = log2_of(e->b);

	switch (e->sub) {
	case BIN_SHL:
	case BIN_SHR:
		if (e->b->op != EXPR_INT)
			return &no_address;
		return shifted(kinds, a, e->sub == BIN_SHR ? e->b->value
							   : -e->b->value);
	default:
		if (log < 0)
			return &no_address;
		return shifted(kinds, a, e->sub == BIN_DIV ? log : -log);
	}
}

/* @settled: neither side waits for what is put into a place. */
static const struct address *combined(const struct expr *e,
				      const struct address *a,
				      const struct address *b, bool settled)
{
	switch (e->sub) {
	case BIN_ADD:
		return settled || is_kind(a) || is_kind(b) ? sum(a, b) : NULL;
	case BIN_SUB:
		return e->b->op == EXPR_INT || !b ? a : &no_address;
	case BIN_OR:
		if (e->b->op == EXPR_INT)
			return a;
		return e->a->op == EXPR_INT ? b : &no_address;
	case BIN_AND:
		if (is_kind(a))
			return masked(a, e->b);
		if (is_kind(b))
			return masked(b, e->a);
		return settled ? &no_address : NULL;
	default:
		return &no_address;
	}
}

static const struct address *binary_kind(struct kinds *kinds,
					 const struct function *fn,
					 const struct expr *e)
{
	const struct address *a, *b;

	if (e->sub >= BIN_EQ || e->sub == BIN_REM || e->sub == BIN_XOR)
		return &no_address;
	a = value_kind(kinds, fn, e->a);
	if (e->sub == BIN_SHL || e->sub == BIN_SHR || e->sub == BIN_MUL ||
	    e->sub == BIN_DIV)
		return scaled(kinds, a, e);
	b = value_kind(kinds, fn, e->b);
	return combined(e, a, b, (a || e->a->op == EXPR_INT) &&
				 (b || e->b->op == EXPR_INT));
}

const struct address *value_kind(struct kinds *kinds,
					const struct function *fn,
					const struct expr *e)
{
	const struct address *kind;
	unsigned place;

	switch (e->op) {
	case EXPR_INT:
		return NULL;
	case EXPR_VAR:
	case EXPR_FIELD:
	case EXPR_GLOBAL:
	case EXPR_INDEX:
		place = place_of(kinds, fn, e);
		if (place != NOWHERE)
			return kinds->at[place];
		/* fall through */
	case EXPR_DEREF:
		kind = kind_of_type(kinds, e->type);
		return kind ? kind : &no_address;
	case EXPR_CAST:
		kind = kind_of_type(kinds, e->type);
		if (kind || scalar_of(e->type))
			return value_kind(kinds, fn, e->a);
		return &no_address;
	case EXPR_BINARY:
		return binary_kind(kinds, fn, e);
	case EXPR_CONDITIONAL:
		return meet(value_kind(kinds, fn, e->b),
			    value_kind(kinds, fn, e->c));
	default:
		return &no_address;
	}
}

unsigned carrier(struct kinds *kinds, const struct function *fn,
			const struct expr *e)
{
	unsigned place;

	for (;;) {
		place = place_of(kinds, fn, e);
		if (place != NOWHERE)
			return place;
		if (e->op == EXPR_BINARY && !kind_of_value(kinds, fn, e->a))
			e = e->b;
		else if (e->op == EXPR_CONDITIONAL)
			e = kind_of_value(kinds, fn, e->b) ? e->b : e->c;
		else if (e->op == EXPR_BINARY || e->op == EXPR_CAST)
			e = e->a;
		else
			return NOWHERE;
	}
}
