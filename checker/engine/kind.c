// SPDX-License-Identifier: GPL-2.0-only
/*
 * What flows where, until no place changes any more: a place that only one kind
 * is put in is of that kind, by whatever calls it came there.
 */

#include "kind_parts.h"

/* From where a kind is told to where it got to */
#define MAX_STEPS	32

static void flow_to(struct kinds *kinds, unsigned place,
		    const struct function *fn, const struct insn *insn,
		    const struct expr *value)
{
	if (place == NOWHERE || kinds->declared[place] || kinds->at[place])
		return;
	VEC_PUSH(&kinds->inflows,
		 ((struct inflow){ place, { fn, insn, value } }));
}

static void flow_call(struct link *link, struct info *caller,
		      struct info *callee, const struct insn *insn)
{
	struct kinds *kinds = link->kinds;
	unsigned i;

	for (i = 0; i < callee->fn->nparams && i < insn->nargs; i++)
		flow_to(kinds, place_of_var(kinds, callee->fn, i), caller->fn,
			insn, insn->args[i]);
}

static void forget_addresses(struct kinds *kinds, const struct function *fn,
			     const struct expr *e)
{
	if (!e)
		return;
	if (e->op == EXPR_ADDRESS)
		forget(kinds, place_of(kinds, fn, e->a));
	forget_addresses(kinds, fn, e->a);
	forget_addresses(kinds, fn, e->b);
	forget_addresses(kinds, fn, e->c);
}

/* What a call returns is what its body says, where that is in sight. */
static void flow_result(struct kinds *kinds, const struct function *fn,
			const struct insn *insn)
{
	const struct symbol *symbol = insn->value->op == EXPR_FUNCTION
		? insn->value->symbol : NULL;
	unsigned to;

	if (!insn->to)
		return;
	to = place_of(kinds, fn, insn->to);
	if (!symbol || !symbol->def) {
		forget(kinds, to);
		return;
	}
	if (insn->to->op == EXPR_VAR && insn->to->var >= fn->nvars) {
		kinds->declared[to] = false;
		kinds->at[to] = NULL;
	}
	flow_to(kinds, to, symbol->def, insn, NULL);
}

static void flow_insn(struct kinds *kinds, const struct function *fn,
		      const struct insn *insn)
{
	unsigned i;

	forget_addresses(kinds, fn, insn->value);
	for (i = 0; i < insn->nargs; i++)
		forget_addresses(kinds, fn, insn->args[i]);
	switch (insn->kind) {
	case INSN_ASSIGN:
		/* "x = ?" begins a variable that nothing was put in. */
		if (insn->value->op != EXPR_UNKNOWN)
			flow_to(kinds, place_of(kinds, fn, insn->to), fn, insn,
				insn->value);
		break;
	case INSN_RETURN:
		if (insn->value)
			flow_to(kinds, kinds->results + fn->id, fn, insn,
				insn->value);
		break;
	case INSN_CALL:
		each_callee(kinds->link, fn, insn, flow_call);
		flow_result(kinds, fn, insn);
		break;
	case INSN_CLEAR:
		break;
	}
}

static void find_inflows(struct kinds *kinds)
{
	unsigned i, b, k;

	for (i = 0; i < kinds->link->n; i++) {
		const struct function *fn = kinds->link->functions[i];

		for (b = 0; b < fn->nblocks; b++)
			for (k = 0; k < fn->blocks[b].ninsns; k++)
				flow_insn(kinds, fn, &fn->blocks[b].insns[k]);
	}
}

/* True if the place now says more. */
static bool pour(struct kinds *kinds, const struct inflow *in)
{
	const struct address *kind, *was = kinds->at[in->place];

	if (was == &no_address)
		return false;
	kind = in->from.value
		? value_kind(kinds, in->from.fn, in->from.value)
		: kinds->at[kinds->results + in->from.fn->id];
	kind = meet(was, kind);
	if (kind == was)
		return false;
	kinds->at[in->place] = kind;
	kinds->origins[in->place] = in->from;
	return true;
}

static void settle(struct kinds *kinds)
{
	bool more;
	unsigned i;

	do {
		more = false;
		for (i = 0; i < kinds->inflows.n; i++)
			more |= pour(kinds, &kinds->inflows.at[i]);
	} while (more);
}

struct kinds *kinds_of(struct link *link)
{
	struct kinds *kinds = link->kinds;

	if (kinds || !link->contracts->addresses.n)
		return kinds;
	kinds = link->kinds = arena_new(&run_arena, struct kinds);
	kinds->link = link;
	declare_all(kinds);
	find_inflows(kinds);
	settle(kinds);
	return kinds;
}

/* What is asked */

static const struct address *known(const struct address *kind)
{
	return kind == &no_address ? NULL : kind;
}

const struct address *kind_of_value(struct kinds *kinds,
				    const struct function *fn,
				    const struct expr *e)
{
	return known(value_kind(kinds, fn, e));
}

const struct address *kind_declared(struct kinds *kinds,
				    const struct function *fn,
				    const struct expr *to)
{
	unsigned place = place_of(kinds, fn, to);

	if (place == NOWHERE)
		return to->op == EXPR_DEREF ? kind_of_type(kinds, to->type) : NULL;
	return kinds->declared[place] ? known(kinds->at[place]) : NULL;
}

const struct address *kind_of_param(struct kinds *kinds,
				    const struct function *fn, unsigned param)
{
	unsigned place = place_of_var(kinds, fn, param);

	return kinds->declared[place] ? known(kinds->at[place]) : NULL;
}

const struct address *kind_of_result(struct kinds *kinds,
				     const struct function *fn)
{
	unsigned place = kinds->results + fn->id;

	return kinds->declared[place] ? known(kinds->at[place]) : NULL;
}

unsigned kind_bits(const struct kinds *kinds, const struct address *address)
{
	return bits_of(kinds, address->bits, address->width);
}

unsigned kind_fits(const struct kinds *kinds, const struct function *fn,
		   const struct expr *e)
{
	unsigned place = place_of(kinds, fn, e);

	return place == NOWHERE ? 0 : kinds->fits[place];
}

bool kind_origin(struct kinds *kinds, const struct function *fn,
		 const struct expr *e, struct origin *ret)
{
	unsigned place = carrier(kinds, fn, e);

	if (place == NOWHERE || !kinds->origins[place].fn)
		return false;
	*ret = kinds->origins[place];
	return true;
}

bool kind_is_told(struct kinds *kinds, const struct function *fn,
		  const struct expr *e)
{
	struct origin from = { fn, NULL, e };
	unsigned place, steps;

	for (steps = 0; steps < MAX_STEPS && from.value; steps++) {
		place = carrier(kinds, from.fn, from.value);
		if (place == NOWHERE || kinds->declared[place])
			return true;
		if (place >= kinds->fields)
			return false;
		from = kinds->origins[place];
	}
	return true;
}

