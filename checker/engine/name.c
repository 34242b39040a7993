// SPDX-License-Identifier: GPL-2.0-only
/* What a callee calls the things of its caller. */

#include "mapping.h"

const struct term *base_of(const struct term *t)
{
	while (t->kind == TERM_FIELD || t->kind == TERM_ELEMENT ||
	       (t->kind == TERM_BINARY && (t->op == BIN_ADD || t->op == BIN_SUB)))
		t = t->a;
	return t;
}

bool is_address(const struct term *t)
{
	return t->kind != TERM_INT && t->kind != TERM_FUNCTION &&
	       t->kind != TERM_STRING;
}

/* Another object than any that the callee is given. */
static bool is_apart_from_args(struct mapping *m, const struct term *t)
{
	unsigned i;

	for (i = 0; i < m->nargs; i++)
		if (is_address(m->args[i]) &&
		    same_instance(m->args[i], t) != 0)
			return false;
	return true;
}

static const struct term *outer_of(struct mapping *m, const struct term *t)
{
	unsigned i;

	if (!m->may_be_outer || m->nouter == MAX_OUTER) {
		m->failed = true;
		return t;
	}
	for (i = 0; i < m->nouter; i++)
		if (m->outer[i] == t)
			break;
	if (i == m->nouter)
		m->outer[m->nouter++] = t;
	return is_apart_from_args(m, t) ? term_outer_apart(i)
	       : term_outer(i, NULL);
}

static const struct term *in_leaf(void *data, const struct term *t);

/* A member, of something that the callee is given, that holds @t. */
static const struct term *by_member(struct mapping *m, const struct term *t)
{
	unsigned i;

	m->by_member = true;
	for (i = 0; i < m->w->cells.n; i++) {
		const struct cell *cell = &m->w->cells.at[i];
		const struct term *to;
		struct mapping plain;

		if (cell->value != t || cell->address->kind != TERM_FIELD)
			continue;
		plain = *m;
		plain.may_be_outer = plain.failed = false;
		to = term_map(cell->address, in_leaf, &plain);
		if (!plain.failed) {
			m->by_member = false;
			return term_load(to);
		}
	}
	m->by_member = false;
	return NULL;
}

/* Of others' records this is asked only where it is worth the time. */
static bool leads_by_member(struct mapping *m, const struct term *t)
{
	return !m->by_member &&
	       (m->solver->link->aliases || term_is_private(t));
}

static const struct term *in_leaf(void *data, const struct term *t)
{
	struct mapping *m = data;
	const struct term *to;
	unsigned i;

	switch (t->kind) {
	case TERM_INT: case TERM_FUNCTION: case TERM_STRING: case TERM_GLOBAL:
		return t;
	}
	for (i = 0; i < m->nargs; i++)
		if (m->args[i] == t && m->params[i]->kind == TERM_PARAM)
			return m->params[i];
	switch (t->kind) {
	case TERM_PARAM: case TERM_OUTER: case TERM_SITE: case TERM_PHI:
	case TERM_OLD: case TERM_LOCAL: case TERM_RETURN:
		to = leads_by_member(m, t) ? by_member(m, t) : NULL;
		return to ? to : outer_of(m, t);
	}
	return NULL;
}

const struct term *map_in(struct mapping *m, const struct term *t,
			  bool may_be_outer)
{
	m->may_be_outer = may_be_outer;
	m->failed = false;
	t = term_map(t, in_leaf, m);
	return m->failed ? NULL : t;
}

/* A lock that is passed keeps its class, whoever it belongs to. */
const struct lock_class *param_class(struct mapping *m, unsigned i)
{
	const struct type *type = m->callee->vars[i].type;
	const struct term *arg = m->args[i];
	struct contracts *contracts = m->solver->link->contracts;
	unsigned k;

	if (!type || type->kind != TYPE_POINTER ||
	    type->to->kind != TYPE_RECORD)
		return NULL;
	for (k = 0; k < contracts->lock_types.n; k++)
		if (contracts->lock_types.at[k] == type->to->name)
			break;
	if (k == contracts->lock_types.n)
		return NULL;
	switch (arg->kind) {
	case TERM_FIELD: case TERM_ELEMENT: case TERM_PARAM: case TERM_LOAD:
	case TERM_GLOBAL:
		return class_of(m->solver->link, arg);
	default:
		return NULL;
	}
}

/*
 * Contexts are told apart by what is held, by functions that are passed, and by
 * choices: a bool or an enum. Other values make a difference too seldom to
 * solve a function anew for each; where they do, it is marked precise.
 */
static bool is_choice(struct mapping *m, unsigned i)
{
	const struct type *type = m->callee->vars[i].type;

	return info_of(m->callee)->precise ||
	       (type && type->kind == TYPE_SCALAR && type->is_choice);
}

/* A number that the source says, here or where this function was called. */
static bool is_constant(struct mapping *m, unsigned i)
{
	const struct expr *e = m->insn->args[i];

	return e->op == EXPR_INT ||
	       (e->op == EXPR_VAR && e->var < m->w->fn->nparams);
}

static unsigned points_of(const struct term *base)
{
	return (term_is_private(base) ? POINTS_LOCAL : 0) |
	       (term_is_unshared(base) && !term_is_private(base)
		? POINTS_FRESH : 0);
}

void name_params(struct mapping *m)
{
	unsigned i;

	for (i = 0; i < m->nargs; i++) {
		const struct term *arg = m->args[i];
		struct range r;

		if (i >= m->callee->nparams) {
			m->params[i] = term_int(0);
			continue;
		}
		m->params[i] = term_param(i, points_of(base_of(arg)),
					  param_class(m, i));
		if (is_address(arg) && !arg->mentions) {
			m->params[i] = arg;	/* in a variable of all */
			continue;
		}
		if (!bit_get(&m->slice->vars, i))
			continue;
		if (!is_address(arg)) {
			if (is_choice(m, i) || arg->kind == TERM_FUNCTION ||
			    is_constant(m, i))
				m->params[i] = arg;
			continue;
		}
		r = range_of(m->w, arg);
		if (r.low == r.high && is_choice(m, i))
			m->params[i] = term_int(r.low);
	}
}
