// SPDX-License-Identifier: GPL-2.0-only
/* Into a function and out of it: the caller's words to the callee's and back. */

#include "balance.h"
#include "reach.h"
#include "solve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ARGS	64
#define MAX_OUTER	256
/* Names for what is not told apart */
#define FRAME		MAX_OUTER		/* something that is held */
#define CROWD		(MAX_OUTER + 1)		/* one of many */

struct mapping {
	struct solver *solver;
	struct work *w;
	const struct insn *insn;
	const struct function *callee;
	const struct slice *slice;		/* what decides in it */
	const struct term *args[MAX_ARGS];
	const struct term *params[MAX_ARGS];	/* what the callee calls them */
	unsigned nargs;
	const struct state *entry;
	/* things that the callee has no name for */
	const struct term *outer[MAX_OUTER];
	unsigned nouter;
	bool may_be_outer, failed;
	/* things that only the callee has a name for */
	const struct term *inner[MAX_OUTER];
	unsigned ninner;
};

static const struct term *base_of(const struct term *t)
{
	while (t->kind == TERM_FIELD || t->kind == TERM_ELEMENT ||
	       (t->kind == TERM_BINARY && (t->op == BIN_ADD || t->op == BIN_SUB)))
		t = t->a;
	return t;
}

/* Into the callee */

static bool is_address(const struct term *t)
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

static const struct term *in_leaf(void *data, const struct term *t)
{
	struct mapping *m = data;
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
		return outer_of(m, t);
	}
	return NULL;
}

static const struct term *map_in(struct mapping *m, const struct term *t,
				 bool may_be_outer)
{
	m->may_be_outer = may_be_outer;
	m->failed = false;
	t = term_map(t, in_leaf, m);
	return m->failed ? NULL : t;
}

/* A lock that is passed keeps its class, whoever it belongs to. */
static const struct lock_class *param_class(struct mapping *m, unsigned i)
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

static void name_params(struct mapping *m)
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

static bool is_all(struct range r)
{
	return r.low == INT64_MIN && r.high == INT64_MAX && !r.nonzero;
}

static bool decides_field(struct mapping *m, const struct term *address)
{
	while (address->kind == TERM_ELEMENT)
		address = address->a;
	if (address->kind == TERM_FIELD)
		return bit_get(&m->slice->fields, address->field->id);
	/* What a pointer points to, everybody's variables, and what a pure
	 * function returns. */
	return address->kind == TERM_PARAM || address->kind == TERM_GLOBAL ||
	       address->kind == TERM_FUNCTION;
}

/* True if the callee asks for something that @t is made of. */
static bool is_asked_for(struct mapping *m, const struct term *t)
{
	for (; t; t = t->a) {
		if (t->kind == TERM_LOAD && decides_field(m, t->a))
			return true;
		if (t->kind == TERM_PARAM &&
		    bit_get(&m->slice->vars, t->n))
			return true;
		if (t->b && is_asked_for(m, t->b))
			return true;
		if (t->kind == TERM_LOAD)
			return false;
	}
	return false;
}

struct entry_build {
	VEC(struct hold) holds;
	VEC(struct slot_value) vals;
	VEC(struct cell) cells;
	VEC(struct known) knowns;
};

/* True if the callee is given the lock itself, or a record that has it. */
static bool is_handed_over(struct mapping *m, const struct term *at)
{
	unsigned i, k;

	for (i = 0; i < m->nargs; i++) {
		if (m->args[i] == at)
			return true;
		if (!term_is_private(base_of(m->args[i])))
			continue;
		if (m->args[i]->kind == TERM_LOCAL &&
		    m->w->vals[m->args[i]->n] == at)
			return true;
		for (k = 0; k < m->w->cells.n; k++)
			if (m->w->cells.at[k].value == at &&
			    term_contains(m->w->cells.at[k].address, m->args[i]))
				return true;
	}
	return false;
}

static bool conflicts(struct mapping *m, const struct lock_class *held)
{
	const struct bits *taken = &info_of(m->callee)->taken;
	const struct bits *not_inside;
	unsigned i;

	if (is_late(held))
		return true;
	not_inside = &m->solver->link->conflicts[held->id];
	for (i = 0; i < taken->n; i++)
		if (taken->word[i] & not_inside->word[i])
			return true;
	return false;
}

/* A lock that the callee is passed may be taken there: it asks for what it has to
 * be taken inside of, and for what it must not be. */
static bool matters_to_lock(struct mapping *m, const struct lock_class *held)
{
	unsigned i, k;

	for (i = 0; i < m->nargs && i < m->callee->nparams; i++) {
		const struct lock_class *cls = m->params[i]->kind == TERM_PARAM
			? m->params[i]->cls : NULL;

		if (!cls || is_late(cls) || is_late(held))
			continue;
		if (bit_get(&m->solver->link->conflicts[held->id], cls->id))
			return true;
		for (k = 0; k < cls->inside.n; k++)
			if (cls->inside.at[k]->subject == held->name)
				return true;
	}
	return false;
}

static bool is_passed(struct mapping *m, const struct hold *hold)
{
	return !hold->frame &&
	       (is_touched(info_of(m->callee), hold->cls) ||
		conflicts(m, hold->cls) || matters_to_lock(m, hold->cls) ||
		(hold->at && is_handed_over(m, hold->at)));
}

static bool is_nameless(struct mapping *m, const struct term *at)
{
	m->may_be_outer = m->failed = false;
	term_map(at, in_leaf, m);
	return m->failed;
}

/* One of several of a class that the callee has no name for: which is which
 * makes no difference to it. */
static bool is_crowd(struct mapping *m, const struct hold *hold)
{
	unsigned i;

	if (!hold->at || !is_nameless(m, hold->at) || is_handed_over(m, hold->at))
		return false;
	if (hold->many)
		return true;
	for (i = 0; i < m->w->holds.n; i++) {
		const struct hold *other = &m->w->holds.at[i];

		if (other != hold && other->cls == hold->cls &&
		    other->mode == hold->mode && other->at &&
		    is_nameless(m, other->at) && !is_handed_over(m, other->at))
			return true;
	}
	return false;
}

static void add_once(struct entry_build *b, const struct hold *hold)
{
	unsigned i;

	for (i = 0; i < b->holds.n; i++)
		if (!hold_compare(&b->holds.at[i], hold))
			return;
	VEC_PUSH(&b->holds, *hold);
}

/*
 * What the callee has to do with goes in under its names. Of the rest it sees
 * at most that something is held: that is what it must not sleep with.
 */
static void enter_holds(struct mapping *m, struct entry_build *b)
{
	bool sleeps = info_of(m->callee)->sleeps;
	unsigned i;

	for (i = 0; i < m->w->holds.n; i++) {
		struct hold hold = m->w->holds.at[i];

		hold.on_entry = true;
		hold.asserted = false;
		hold.depth = 1;		/* how deep is the caller's affair */
		if (is_passed(m, &m->w->holds.at[i])) {
			if (is_crowd(m, &m->w->holds.at[i])) {
				hold.at = term_outer(CROWD, NULL);
				hold.many = true;
			} else if (hold.at) {
				hold.at = map_in(m, hold.at, true);
			}
			if (hold.at || !m->w->holds.at[i].at)
				add_once(b, &hold);
			continue;
		}
		if (!sleeps || !hold.cls->flavour || !hold.cls->flavour->atomic)
			continue;
		hold.frame = true;
		hold.at = term_outer(FRAME, NULL);
		hold.many = false;
		add_once(b, &hold);
	}
}

/* A lock in a record or pointer that the callee is given, for it to drop. */
static const struct term *handed_lock(struct mapping *m,
				      const struct term *value)
{
	unsigned i;

	for (i = 0; i < m->w->holds.n; i++)
		if (m->w->holds.at[i].at == value)
			return map_in(m, value, true);
	return NULL;
}

static void enter_cell(struct mapping *m, struct entry_build *b,
		       const struct term *address, const struct term *value)
{
	const struct term *to = map_in(m, address, false), *what = NULL;
	struct range r;

	if (!to)
		return;
	if (value && value->kind != TERM_INT)
		what = handed_lock(m, value);
	if (!what && !decides_field(m, to))
		return;
	if (!value) {
		VEC_PUSH(&b->cells, ((struct cell){ to, NULL }));
		return;
	}
	if (value->kind == TERM_INT || value->kind == TERM_FUNCTION)
		what = value;
	if (what) {
		VEC_PUSH(&b->cells, ((struct cell){ to, what }));
		return;
	}
	if (to->kind == TERM_FIELD && to->a->kind == TERM_STRING)
		return;
	/* It has a value, which is not the zero of what was cleared. */
	VEC_PUSH(&b->cells, ((struct cell){ to, term_load(to) }));
	if (!info_of(m->callee)->precise)
		return;
	/* Not what it is, but what is known of it. */
	r = range_of(m->w, value);
	if (!is_all(r))
		VEC_PUSH(&b->knowns, ((struct known){ term_load(to), r }));
}

static void enter_values(struct mapping *m, struct entry_build *b)
{
	unsigned i;

	for (i = 0; i < m->nargs && i < m->callee->nparams; i++) {
		const struct term *arg = m->args[i];

		if (m->params[i]->kind != TERM_PARAM) {
			VEC_PUSH(&b->vals, ((struct slot_value){ i, m->params[i] }));
			continue;
		}
		if (m->params[i]->cls || m->params[i]->op)
			VEC_PUSH(&b->vals, ((struct slot_value){ i, m->params[i] }));
		if (bit_get(&m->slice->vars, i) &&
		    info_of(m->callee)->precise) {
			struct range r = range_of(m->w, arg);

			if (!is_all(r) && is_address(arg))
				VEC_PUSH(&b->knowns,
					 ((struct known){ m->params[i], r }));
		}
		if (arg->kind == TERM_LOCAL && m->w->vals[arg->n])
			enter_cell(m, b, arg, m->w->vals[arg->n]);
		/* What a row has settled of the member that is passed. */
		if (arg->kind == TERM_FIELD &&
		    work_load(m->w, arg)->kind == TERM_INT)
			enter_cell(m, b, arg, work_load(m->w, arg));
	}
	for (i = 0; i < m->w->cells.n; i++) {
		const struct term *root = m->w->cells.at[i].address;

		while (root->kind == TERM_FIELD || root->kind == TERM_ELEMENT)
			root = root->a;
		if (term_is_private(root) || root->kind == TERM_STRING ||
		    info_of(m->callee)->precise)
			enter_cell(m, b, m->w->cells.at[i].address,
				   m->w->cells.at[i].value);
	}
	for (i = 0; info_of(m->callee)->precise && i < m->w->knowns.n; i++) {
		struct known known = m->w->knowns.at[i];
		unsigned k;

		if (!(known.term->mentions & MENTION_LOAD) &&
		    known.term->kind != TERM_BINARY)
			continue;
		known.term = map_in(m, known.term, false);
		if (!known.term || !is_asked_for(m, known.term))
			continue;
		for (k = 0; k < b->knowns.n; k++)
			if (b->knowns.at[k].term == known.term)
				break;
		if (k == b->knowns.n)
			VEC_PUSH(&b->knowns, known);
	}
}

/* The record named @record that @t goes through on its way. */
static const struct term *climb_to(const struct term *t, const char *record)
{
	for (; t; t = t->a)
		if (t->kind == TERM_FIELD && t->field->record == record)
			return t->a;
	return NULL;
}

static const struct term *atom_value(struct mapping *m,
				     const struct value_atom *atom)
{
	struct program *program = m->solver->link->program;
	const struct term *at = NULL;
	const struct field *field;
	const char *record = atom->record;
	char key[300];
	unsigned i;

	if (atom->always)
		return term_int(1);
	if (atom->global) {
		struct global *global = program_global(program, atom->global);

		return global ? work_load(m->w, term_global(global)) : NULL;
	}
	for (i = 0; i < m->nargs && i < m->callee->nparams; i++)
		if (m->callee->vars[i].name == atom->param)
			at = climb_to(m->args[i], record);
	for (i = 0; at && i < atom->members.n; i++) {
		snprintf(key, sizeof(key), "%s.%s", record, atom->members.at[i]);
		field = program_field(program, key);
		if (!field)
			return NULL;
		at = term_field(at, field);
		if (field->type && field->type->kind == TYPE_RECORD)
			record = field->type->name;
	}
	return at ? work_load(m->w, at) : NULL;
}

static int value_of_row(struct mapping *m, const struct value_row *row)
{
	const struct term *all = NULL, *t;
	unsigned i;

	for (i = 0; i < row->atoms.n; i++) {
		t = atom_value(m, &row->atoms.at[i]);
		if (!t)
			return -1;
		if (row->atoms.at[i].negated)
			t = term_unary(UN_NOT, t);
		all = all ? term_binary(BIN_LAND, all, t) : t;
	}
	return truth_of(m->w, all);
}

static void set_cell(struct entry_build *b, const struct term *address,
		     const struct term *value)
{
	unsigned i;

	for (i = 0; i < b->cells.n; i++)
		if (b->cells.at[i].address == address) {
			b->cells.at[i].value = value;
			return;
		}
	VEC_PUSH(&b->cells, ((struct cell){ address, value }));
}

static void enter_rows(struct mapping *m, struct entry_build *b)
{
	struct info *info = info_of(m->callee);
	unsigned i;

	for (i = 0; i < info->values.n; i++) {
		const struct value_row *row = info->values.at[i];
		int64_t value = row->is_number ? row->number
					       : value_of_row(m, row);

		if (row->is_number || value >= 0)
			set_cell(b, term_anywhere(program_field(
					m->solver->link->program, row->key)),
				 term_int(value));
	}
}

static struct state *enter(struct mapping *m)
{
	static struct entry_build b;
	static const struct function none = { 0 };
	struct work *w = work_new(&none);
	struct state *state;
	unsigned i;

	b.holds.n = b.vals.n = b.cells.n = b.knowns.n = 0;
	enter_holds(m, &b);
	enter_values(m, &b);
	enter_rows(m, &b);
	for (i = 0; i < b.holds.n; i++)
		VEC_PUSH(&w->holds, b.holds.at[i]);
	work_sort_holds(w);
	for (i = 0; i < b.cells.n; i++)
		VEC_PUSH(&w->cells, b.cells.at[i]);
	state = state_from_work(w, NULL);
	state->vals = arena_copy(&solve_arena, b.vals.at,
				 b.vals.n * sizeof(*b.vals.at));
	state->nvals = b.vals.n;
	for (i = 0; i < b.knowns.n; i++)
		VEC_PUSH(&w->knowns, b.knowns.at[i]);
	state->knowns = arena_copy(&solve_arena, w->knowns.at,
				   w->knowns.n * sizeof(struct known));
	state->nknown = w->knowns.n;
	for (i = 1; i < state->nknown; i++) {
		struct known known = state->knowns[i];
		unsigned j;

		for (j = i; j && state->knowns[j - 1].term->id > known.term->id; j--)
			state->knowns[j] = state->knowns[j - 1];
		state->knowns[j] = known;
	}
	work_free(w);
	return state;
}

/* Out of the callee */

static const struct term *inner_of(struct mapping *m, const struct term *t)
{
	unsigned i;

	for (i = 0; i < m->ninner; i++)
		if (m->inner[i] == t)
			break;
	if (i == m->ninner) {
		if (i == MAX_OUTER)
			return term_site(m->insn->site, 999);
		m->inner[m->ninner++] = t;
	}
	return t->kind == TERM_SITE && t->op
		? term_site_fresh(m->insn->site, i + 1)
		: term_site(m->insn->site, i + 1);
}

static const struct term *out_leaf(void *data, const struct term *t)
{
	struct mapping *m = data;

	switch (t->kind) {
	case TERM_PARAM:
		return t->n < m->nargs ? m->args[t->n] : inner_of(m, t);
	case TERM_OUTER:
		return t->n < m->nouter ? m->outer[t->n] : inner_of(m, t);
	case TERM_LOAD:
		/* What was there when the callee was entered. */
		return work_load(m->w, term_map(t->a, out_leaf, m));
	case TERM_RETURN:
		if (m->insn->to && m->insn->to->op == EXPR_VAR)
			return term_local(m->insn->to->var);
		return inner_of(m, t);
	case TERM_SITE: case TERM_PHI: case TERM_OLD: case TERM_LOCAL:
		return inner_of(m, t);
	}
	return NULL;
}

struct leaving {
	const struct term *ret;
	VEC(struct hold) holds;
	VEC(struct cell) cells;
	VEC(struct known) knowns;
	struct imbalance imbalances[MAX_IMBALANCES];
	unsigned nimbalances;
};

/*
 * A lock that the callee leaks is told of where it is leaked. Here it goes on as
 * if that were mended: one bug is one finding, not one for all that follows.
 */
static bool is_mended(const struct leaving *l, const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < l->nimbalances; i++)
		if (l->imbalances[i].cls == cls)
			return l->imbalances[i].is_leak;
	return false;
}

/* What the callee wrote into the caller's own variables; all it wrote, if it is
 * precise. */
static bool is_for_caller(struct mapping *m, const struct term *address)
{
	if (info_of(m->callee)->precise)
		return true;
	while (address->kind == TERM_FIELD || address->kind == TERM_ELEMENT)
		address = address->a;
	return address->kind == TERM_RETURN ||
	       (address->kind == TERM_PARAM && address->n < m->nargs &&
		term_is_private(base_of(m->args[address->n])));
}

static bool is_opaque(const struct term *t)
{
	return t->kind == TERM_PHI || t->kind == TERM_SITE;
}

/* Asked again, with nothing written in between, it returns the same. */
static const struct term *pure_result(struct mapping *m)
{
	const struct term *t = term_function(m->callee->symbol);
	unsigned i;

	for (i = 0; i < m->nargs; i++)
		t = term_element(t, m->args[i]);
	return term_load(t);
}

/* What the callee was told and left as it was. */
static bool was_there(struct mapping *m, const struct cell *cell)
{
	unsigned i;

	for (i = 0; i < m->entry->ncells; i++)
		if (m->entry->cells[i].address == cell->address)
			return m->entry->cells[i].value == cell->value;
	return false;
}

static bool is_name(const struct term *t, unsigned n)
{
	return t && t->kind == TERM_OUTER && t->n == n;
}

/* A hold that was several deep, of which the callee gave up one. */
static void leave_depths(struct mapping *m, const struct state *exit,
			 struct leaving *l)
{
	unsigned i, k;

	(void)exit;
	for (i = 0; i < m->w->holds.n; i++) {
		struct hold hold = m->w->holds.at[i];

		if (hold.depth < 2 || !is_passed(m, &hold) ||
		    is_crowd(m, &hold) || is_mended(l, hold.cls))
			continue;
		for (k = 0; k < l->holds.n; k++)
			if (l->holds.at[k].cls == hold.cls &&
			    l->holds.at[k].at == hold.at)
				break;
		if (k < l->holds.n)
			continue;
		hold.depth--;
		VEC_PUSH(&l->holds, hold);
	}
}

/* Everything is put in the caller's words before any of it is done. */
static void leave_map(struct mapping *m, const struct state *exit,
		      struct leaving *l)
{
	unsigned i;

	l->holds.n = l->cells.n = l->knowns.n = 0;
	m->ninner = 0;
	l->ret = exit->ret ? term_map(exit->ret, out_leaf, m) : NULL;
	if (l->ret && is_opaque(exit->ret) && info_of(m->callee)->pure)
		l->ret = pure_result(m);
	for (i = 0; i < m->w->holds.n; i++)
		if (!is_passed(m, &m->w->holds.at[i]) ||
		    is_crowd(m, &m->w->holds.at[i]) ||
		    is_mended(l, m->w->holds.at[i].cls))
			VEC_PUSH(&l->holds, m->w->holds.at[i]);
	for (i = 0; i < exit->nholds; i++) {
		struct hold hold = exit->holds[i];
		unsigned k;

		if (hold.frame || is_name(hold.at, CROWD) ||
		    is_mended(l, hold.cls))
			continue;
		if (hold.at)
			hold.at = term_map(hold.at, out_leaf, m);
		hold.on_entry = false;
		/* One that was there before is the caller's as it was. */
		for (k = 0; k < m->w->holds.n; k++) {
			const struct hold *was = &m->w->holds.at[k];

			if (was->cls == hold.cls && was->at == hold.at &&
			    exit->holds[i].on_entry) {
				hold.depth += was->depth - 1;
				hold.many |= was->many;
				hold.on_entry = was->on_entry;
				hold.asserted = was->asserted;
				hold.fn = was->fn;
				hold.line = was->line;
				hold.col = was->col;
			}
		}
		VEC_PUSH(&l->holds, hold);
	}
	leave_depths(m, exit, l);
	for (i = 0; i < exit->ncells; i++) {
		struct cell cell = exit->cells[i];

		if (!is_for_caller(m, cell.address) || was_there(m, &cell))
			continue;
		cell.address = term_map(cell.address, out_leaf, m);
		if (cell.value)
			cell.value = term_map(cell.value, out_leaf, m);
		VEC_PUSH(&l->cells, cell);
	}
	for (i = 0; i < exit->nknown; i++) {
		struct known known = exit->knowns[i];

		if (known.term != exit->ret && !info_of(m->callee)->precise)
			continue;
		known.term = known.term == exit->ret
			? l->ret : term_map(known.term, out_leaf, m);
		VEC_PUSH(&l->knowns, known);
	}
}

static bool leave_apply(struct work *w, const struct insn *insn,
			const struct leaving *l)
{
	unsigned i;

	w->holds.n = 0;
	for (i = 0; i < l->holds.n; i++)
		VEC_PUSH(&w->holds, l->holds.at[i]);
	for (i = 0; i < l->knowns.n; i++)
		if (!work_assume_range(w, l->knowns.at[i].term,
				       l->knowns.at[i].range))
			return false;
	if (insn->to) {
		const struct term *to = eval_address(w, insn->to);
		bool record = false;

		for (i = 0; i < l->cells.n; i++)
			record |= l->cells.at[i].address->kind == TERM_FIELD &&
				  l->cells.at[i].address->a == to;
		if (record && to->kind == TERM_LOCAL)
			w->vals[to->n] = NULL;
		else
			work_store(w, to, l->ret ? l->ret
				   : term_site(insn->site, 0));
	}
	for (i = 0; i < l->cells.n; i++) {
		const struct cell *cell = &l->cells.at[i];

		if (cell->value)
			work_store(w, cell->address, cell->value);
		else
			work_clear(w, cell->address);
	}
	return true;
}

/* A pointer to bytes: what is written by it shows in no member's name. */
static bool is_raw_pointer(const struct type *type)
{
	return type && type->kind == TYPE_POINTER &&
	       type->to->kind == TYPE_SCALAR && type->to->bits <= 8;
}

static void forget_raw(struct mapping *m, struct work *w)
{
	unsigned i;

	for (i = 0; i < m->nargs && i < m->callee->nparams; i++)
		if (is_raw_pointer(m->callee->vars[i].type) &&
		    term_is_private(base_of(m->args[i])))
			work_forget(w, m->args[i]);
}

static void leave(struct mapping *m, const struct context *context,
		  const struct state *exit, struct works *out)
{
	static struct leaving l;
	struct work *w = work_copy(m->w);

	l.nimbalances = exit_imbalances(m->solver->link, context, exit->holds,
					exit->nholds, exit_range(exit),
					l.imbalances);
	leave_map(m, exit, &l);
	if (!info_of(m->callee)->precise) {
		w->site = m->insn->site;
		w->fresh = 0;
		work_forget_fields(w, &info_of(m->callee)->writes);
	}
	forget_raw(m, w);
	if (leave_apply(w, m->insn, &l))
		VEC_PUSH(out, w);
	else
		work_free(w);
}

/* One callee */

/* Where a row says that no path gets. */
static bool is_elsewhere(const struct context *context, const struct info *info)
{
	return (info->part && context->part && info->part != context->part) ||
	       (info->forbidden & context->forbids);
}

/* Where the path has been matters only if it can still get elsewhere. */
static unsigned enter_part(const struct context *context,
			   const struct info *info)
{
	unsigned part = info->part ? info->part : context->part;

	return info->part_mask & ~(1u << part) ? part : 0;
}

static void call_body(struct path *path, struct work *w,
		      const struct insn *insn, struct symbol *symbol,
		      const struct term **args, unsigned nargs,
		      struct works *out)
{
	struct mapping *m = malloc(sizeof(*m));
	struct context *context;
	struct state *entry;
	unsigned i;

	m->solver = path->solver;
	m->w = w;
	m->insn = insn;
	m->callee = symbol->def;
	m->nargs = nargs < MAX_ARGS ? nargs : MAX_ARGS;
	m->nouter = m->ninner = 0;
	memcpy(m->args, args, m->nargs * sizeof(*args));
	m->slice = slice_for(info_of(symbol->def), is_atomic(w));
	name_params(m);
	entry = enter(m);
	m->entry = entry;
	entry->part = enter_part(path->context, info_of(symbol->def));
	entry->forbids = path->context->forbids & info_of(symbol->def)->reaches;
	context = context_enter(path->solver, info_of(symbol->def), entry,
				path->context, path->node, insn);
	for (i = 0; context && i < context->exits.n; i++)
		leave(m, context, context->exits.at[i]->state, out);
	work_free(w);
	free(m);
}

static bool points_to_scalar(const struct expr *e)
{
	return e->type && e->type->kind == TYPE_POINTER &&
	       e->type->to->kind == TYPE_SCALAR;
}

/*
 * A function out of sight may have written where it was pointed to: into this
 * function's own variables, and by a plain pointer that came from the caller.
 */
static void forget_written(struct work *w, const struct insn *insn,
			   const struct term **args, unsigned nargs)
{
	unsigned i;

	for (i = 0; i < nargs; i++) {
		const struct term *base = base_of(args[i]);

		if (term_is_private(base))
			work_forget(w, base == args[i] ||
				    args[i]->kind == TERM_BINARY ? base : args[i]);
		else if (base->kind == TERM_PARAM &&
			 points_to_scalar(insn->args[i]))
			work_forget(w, base);
	}
}

static void call_unknown(struct work *w, const struct insn *insn,
			 const struct term **args, unsigned nargs,
			 struct works *out)
{
	forget_written(w, insn, args, nargs);
	if (insn->to)
		work_store(w, eval_address(w, insn->to),
			   term_site(insn->site, 0));
	VEC_PUSH(out, w);
}

/* True if all that the row says is that the function may sleep, if that. */
static bool says_nothing_of_values(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effects.n; i++)
		if (contract->effects.at[i].verb != VERB_SLEEP)
			return false;
	return true;
}

/* True if what comes back from the call decides something. */
static bool is_asked_back(const struct path *path, const struct insn *insn,
			  const struct term **args, unsigned nargs)
{
	const struct slice *slice = path->context->slice;
	unsigned i;

	if (insn->to && (insn->to->op != EXPR_VAR ||
			 bit_get(&slice->vars, insn->to->var)))
		return true;
	for (i = 0; i < nargs; i++)
		if (term_is_private(base_of(args[i])))
			return true;
	return false;
}

static bool is_worth_entering(const struct path *path, const struct work *w,
			      const struct insn *insn, const struct info *info,
			      const struct term **args, unsigned nargs)
{
	return info->moves || (info->sleeps && is_atomic(w)) ||
	       (info->small && is_asked_back(path, insn, args, nargs));
}

static void call_symbol(struct path *path, struct work *w,
			const struct insn *insn, struct symbol *symbol,
			const struct term **args, unsigned nargs,
			struct works *out)
{
	struct contract *contract = symbol->contract;
	struct event event = {
		.kind = EVENT_CALL, .insn = insn, .work = w, .callee = symbol,
	};

	if (symbol->def && is_elsewhere(path->context, info_of(symbol->def))) {
		work_free(w);
		return;
	}
	emit(path, &event);
	if (symbol->def && !is_atomic(w))
		info_of(symbol->def)->called_free = true;
	if (contract && (contract->opaque || !symbol->def)) {
		if (says_nothing_of_values(contract))
			forget_written(w, insn, args, nargs);
		apply_rows(path, w, insn, symbol, args, nargs, out);
		return;
	}
	if (contract) {
		/* The row's part first, then the body's. */
		struct works ways = { 0 };
		unsigned i;

		apply_rows(path, w, insn, symbol, args, nargs, &ways);
		for (i = 0; i < ways.n; i++)
			call_body(path, ways.at[i], insn, symbol, args, nargs,
				  out);
		free(ways.at);
		return;
	}
	if (symbol->def && is_worth_entering(path, w, insn,
					     info_of(symbol->def), args, nargs))
		call_body(path, w, insn, symbol, args, nargs, out);
	else
		call_unknown(w, insn, args, nargs, out);
}

static void call_targets(struct path *path, struct work *w,
			 const struct insn *insn, const struct term **args,
			 unsigned nargs, struct works *out)
{
	struct targets targets = link_targets(path->solver->link,
					      path->context->fn, insn->value);
	unsigned i;

	if (!targets.n) {
		struct event event = {
			.kind = EVENT_UNRESOLVED, .insn = insn, .work = w,
		};

		emit(path, &event);
		call_unknown(w, insn, args, nargs, out);
		return;
	}
	for (i = 0; i < targets.n; i++)
		call_symbol(path, work_copy(w), insn, targets.at[i], args,
			    nargs, out);
	work_free(w);
}

void step_call(struct path *path, struct work *w, const struct insn *insn,
	       struct works *out)
{
	const struct term *args[MAX_ARGS], *callee;
	unsigned nargs = insn->nargs < MAX_ARGS ? insn->nargs : MAX_ARGS, i;

	work_retire_site(w, insn->site);
	w->site = insn->site;
	w->fresh = 0;
	for (i = 0; i < nargs; i++)
		args[i] = eval(w, insn->args[i]);
	callee = eval(w, insn->value);
	if (callee->kind == TERM_FUNCTION)
		call_symbol(path, w, insn, callee->symbol, args, nargs, out);
	else if (term_is_int(callee, 0))
		work_free(w);		/* a call of nothing: never comes back */
	else
		call_targets(path, w, insn, args, nargs, out);
}
