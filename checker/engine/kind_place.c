// SPDX-License-Identifier: GPL-2.0-only
/* What the source and the contract rows say of each place. */

#include "kind_parts.h"

#include <string.h>

unsigned place_of_var(const struct kinds *kinds,
			     const struct function *fn, unsigned var)
{
	return kinds->first[fn->id] + var;
}

unsigned place_of(const struct kinds *kinds, const struct function *fn,
			 const struct expr *e)
{
	while (e->op == EXPR_INDEX)
		e = e->a;
	switch (e->op) {
	case EXPR_VAR:
		return place_of_var(kinds, fn, e->var);
	case EXPR_FIELD:
		return kinds->fields + e->field->id;
	case EXPR_GLOBAL:
		return kinds->globals + e->global->id;
	default:
		return NOWHERE;
	}
}

/* An array is as what it holds. */
const struct type *scalar_of(const struct type *type)
{
	while (type && type->kind == TYPE_ARRAY)
		type = type->to;
	return type && type->kind == TYPE_SCALAR ? type : NULL;
}

const struct address *kind_of_type(const struct kinds *kinds,
					  const struct type *type)
{
	const struct contracts *contracts = kinds->link->contracts;
	unsigned i, k;

	type = scalar_of(type);
	for (i = 0; type && i < contracts->addresses.n; i++) {
		const struct address *address = contracts->addresses.at[i];

		for (k = 0; k < address->types.n; k++)
			if (address->types.at[k] == type->name) {
				((struct row *)address->row)->matched = true;
				return address;
			}
	}
	return NULL;
}

/* What can carry an address: more than a flag, a byte or an enum. */
static bool may_carry(const struct type *type)
{
	type = scalar_of(type);
	return type && !type->is_choice && type->bits >= 32;
}

static void declare(struct kinds *kinds, unsigned place,
		    const struct type *type)
{
	kinds->at[place] = kind_of_type(kinds, type);
	kinds->declared[place] = kinds->at[place] != NULL;
	if (!kinds->at[place] && !may_carry(type))
		kinds->at[place] = &no_address;
}

/* What somebody out of sight may put there is not known. */
void forget(struct kinds *kinds, unsigned place)
{
	if (place != NOWHERE && !kinds->declared[place])
		kinds->at[place] = &no_address;
}

/* An error or none, whatever its type says */
static bool returns_constants(const struct function *fn)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			if (insn->kind == INSN_RETURN &&
			    (!insn->value || insn->value->op != EXPR_INT))
				return false;
		}
	return true;
}

static void declare_function(struct kinds *kinds, const struct function *fn)
{
	unsigned i;

	for (i = 0; i < fn->nvars + fn->ntemps; i++)
		declare(kinds, place_of_var(kinds, fn, i), fn->vars[i].type);
	/* A temporary without a type is what its call returns. */
	for (i = fn->nvars; i < fn->nvars + fn->ntemps; i++)
		if (!fn->vars[i].type)
			kinds->at[place_of_var(kinds, fn, i)] = NULL;
	for (i = 0; i < fn->nparams && !info_of(fn)->called; i++)
		forget(kinds, place_of_var(kinds, fn, i));
	declare(kinds, kinds->results + fn->id, fn->type);
	if (returns_constants(fn))
		kinds->at[kinds->results + fn->id] = &no_address;
}

static void declare_places(struct kinds *kinds)
{
	const struct program *program = kinds->link->program;
	unsigned i;

	for (i = 0; i < kinds->link->n; i++)
		declare_function(kinds, kinds->link->functions[i]);
	for (i = 0; i < program->fields.n; i++)
		declare(kinds, kinds->fields + i, program->fields.at[i]->type);
	for (i = 0; i < program->globals.n; i++)
		declare(kinds, kinds->globals + i, program->globals.at[i]->type);
}

static int param_named(const struct function *fn, const char *name)
{
	unsigned i;

	for (i = 0; i < fn->nparams; i++)
		if (fn->vars[i].name == name)
			return i;
	return -1;
}

static void carry(struct kinds *kinds, const struct carries *carries,
		  unsigned place)
{
	kinds->at[place] = carries->address ? carries->address : &no_address;
	kinds->declared[place] = true;
	kinds->fits[place] = bits_of(kinds, carries->bits, carries->width);
	((struct row *)carries->row)->matched = true;
}

/* "carries FUNCTION(PARAM) KIND", "FUNCTION() KIND" */
static void carry_function(struct kinds *kinds, const struct carries *carries)
{
	unsigned i;

	for (i = 0; i < kinds->link->n; i++) {
		const struct function *fn = kinds->link->functions[i];
		int param;

		if (fn->name != carries->function)
			continue;
		param = carries->param ? param_named(fn, carries->param) : -1;
		if (param >= 0)
			carry(kinds, carries, place_of_var(kinds, fn, param));
		else if (!carries->param)
			carry(kinds, carries, kinds->results + fn->id);
	}
}

/* "carries *(PARAM) KIND": whatever function has a parameter of that name */
static void carry_params(struct kinds *kinds, const struct carries *carries)
{
	unsigned i;

	for (i = 0; i < kinds->link->n; i++) {
		const struct function *fn = kinds->link->functions[i];
		int param = param_named(fn, carries->param);

		if (param >= 0)
			carry(kinds, carries, place_of_var(kinds, fn, param));
	}
}

static void bind_rows(struct kinds *kinds)
{
	const struct contracts *contracts = kinds->link->contracts;
	unsigned i;

	for (i = 0; i < contracts->carries.n; i++) {
		const struct carries *carries = &contracts->carries.at[i];
		struct field *field;

		if (carries->function && !strcmp(carries->function, "*") &&
		    carries->param) {
			carry_params(kinds, carries);
			continue;
		}
		if (carries->function) {
			carry_function(kinds, carries);
			continue;
		}
		field = program_field(kinds->link->program, carries->key);
		if (field)
			carry(kinds, carries, kinds->fields + field->id);
	}
}

static void number_places(struct kinds *kinds)
{
	struct link *link = kinds->link;
	unsigned i;

	kinds->first = arena_array(&run_arena, unsigned, link->n);
	for (i = 0; i < link->n; i++) {
		kinds->first[i] = kinds->n;
		kinds->n += link->functions[i]->nvars +
			link->functions[i]->ntemps;
	}
	kinds->results = kinds->n;
	kinds->fields = kinds->results + link->n;
	kinds->globals = kinds->fields + link->program->fields.n;
	kinds->n = kinds->globals + link->program->globals.n;
}

void declare_all(struct kinds *kinds)
{
	number_places(kinds);
	kinds->at = arena_array(&run_arena, const struct address *, kinds->n);
	kinds->declared = arena_array(&run_arena, bool, kinds->n);
	kinds->fits = arena_array(&run_arena, unsigned char, kinds->n);
	kinds->origins = arena_array(&run_arena, struct origin, kinds->n);
	declare_places(kinds);
	bind_rows(kinds);
}
