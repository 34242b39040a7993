// SPDX-License-Identifier: GPL-2.0-only
/* Into a function: what it is entered with, in its own words. */

#include "balance.h"
#include "mapping.h"
#include "reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
		const struct lock_class *cls = param_class(m, i);

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

static bool find_passed(struct mapping *m, const struct hold *hold)
{
	return !hold->frame &&
	       (is_touched(info_of(m->callee), hold->cls) ||
		conflicts(m, hold->cls) || matters_to_lock(m, hold->cls) ||
		(hold->at && is_handed_over(m, hold->at)));
}

/* Asked for on the way in and for each way out: 1 says no, 2 yes. */
bool is_passed(struct mapping *m, unsigned i)
{
	if (i >= MAX_HOLDS)
		return find_passed(m, &m->w->holds.at[i]);
	if (!m->passed[i])
		m->passed[i] = 1 + find_passed(m, &m->w->holds.at[i]);
	return m->passed[i] == 2;
}

/* One of several of a class that the callee has no name for: which is which
 * makes no difference to it. */
static bool find_crowd(struct mapping *m, const struct hold *hold)
{
	unsigned i;

	if (!hold->at || map_in(m, hold->at, false) || is_handed_over(m, hold->at))
		return false;
	if (hold->many)
		return true;
	for (i = 0; i < m->w->holds.n; i++) {
		const struct hold *other = &m->w->holds.at[i];

		if (other != hold && other->cls == hold->cls &&
		    other->mode == hold->mode && other->at &&
		    !map_in(m, other->at, false) && !is_handed_over(m, other->at))
			return true;
	}
	return false;
}

bool is_crowd(struct mapping *m, unsigned i)
{
	if (i >= MAX_HOLDS)
		return find_crowd(m, &m->w->holds.at[i]);
	if (!m->crowd[i])
		m->crowd[i] = 1 + find_crowd(m, &m->w->holds.at[i]);
	return m->crowd[i] == 2;
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
	struct hold quiet = {
		.cls = info_of(m->callee)->quiet, .mode = MODE_WRITE, .depth = 1,
		.on_entry = true, .frame = true, .at = term_outer(FRAME, NULL),
	};
	bool sleeps = info_of(m->callee)->sleeps;
	unsigned i;

	for (i = 0; i < m->w->holds.n; i++) {
		struct hold hold = m->w->holds.at[i];

		hold.on_entry = true;
		hold.asserted = false;
		hold.depth = 1;		/* how deep is the caller's affair */
		if (is_passed(m, i)) {
			if (is_crowd(m, i)) {
				hold.at = term_outer(CROWD, NULL);
				hold.many = true;
			} else if (hold.at) {
				hold.at = map_in(m, hold.at, true);
			}
			if (hold.at || !m->w->holds.at[i].at)
				add_once(b, &hold);
			continue;
		}
		if (!sleeps || !minds_sleep(hold.cls))
			continue;
		hold.frame = true;
		hold.at = term_outer(FRAME, NULL);
		hold.many = false;
		add_once(b, &hold);
	}
	if (sleeps && info_of(m->callee)->quiet)
		add_once(b, &quiet);
}

/* A member that decides nothing in the callee, and is not what it is passed. */
static bool is_no_matter(struct mapping *m, const struct term *address)
{
	unsigned i;

	if (address->kind != TERM_FIELD ||
	    bit_get(&m->slice->fields, address->field->id))
		return false;
	for (i = 0; i < m->nargs; i++)
		if (m->args[i] == address)
			return false;
	return true;
}

/* A lock in a record or pointer that the callee is given, for it to drop. */
static bool is_held_lock(const struct mapping *m, const struct term *value)
{
	unsigned i;

	for (i = 0; i < m->w->holds.n; i++)
		if (m->w->holds.at[i].at == value)
			return true;
	return false;
}

/*
 * True if @address, read in the callee with no cell of its own, would be more than
 * what is there: something around it was cleared, or a row says what it is.
 */
static bool hides_more(struct mapping *m, const struct term *address)
{
	const struct info *info = info_of(m->callee);
	const struct field *field;
	unsigned i;

	if (work_is_cleared(m->w, address))
		return true;
	if (address->kind != TERM_FIELD)
		return false;
	field = address->field;
	for (i = 0; i < m->w->cells.n; i++)
		if (term_is_anywhere(m->w->cells.at[i].address, field))
			return true;
	for (i = 0; i < info->values.n; i++)
		if (info->values.at[i]->key == field->key)
			return true;
	return bit_get(&m->solver->link->counter_fields, field->id);
}

/*
 * Not what it is, but what is known of it.  Whoever ends the scope of a variable
 * asks whether there is something in it.
 */
static void enter_known(struct mapping *m, struct entry_build *b,
			const struct term *address, const struct term *to,
			const struct term *value)
{
	struct range r = range_of(m->w, value);

	if (!info_of(m->callee)->precise) {
		if (address->kind != TERM_LOCAL || !r.nonzero)
			return;
		r = RANGE_ALL;
		r.nonzero = true;
	}
	if (!is_all(r))
		VEC_PUSH(&b->knowns, ((struct known){ term_load(to), r }));
}

static void enter_cell(struct mapping *m, struct entry_build *b,
		       const struct term *address, const struct term *value)
{
	bool lock = value && value->kind != TERM_INT && is_held_lock(m, value);
	const struct term *to, *what = NULL;

	if (!lock && is_no_matter(m, address))
		return;
	to = map_in(m, address, false);
	if (!to)
		return;
	if (lock)
		what = map_in(m, value, true);
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
	if (hides_more(m, address))
		VEC_PUSH(&b->cells, ((struct cell){ to, term_load(to) }));
	enter_known(m, b, address, to, value);
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

/*
 * Of f(vcpu->kvm, vcpu) the callee is told that its first argument is what a
 * member of its second points to: one lock then has one name there.
 */
static void enter_alias(struct mapping *m, struct entry_build *b,
			const struct term *address, unsigned i)
{
	const struct term *to = map_in(m, address, false);

	if (to && to->kind == TERM_FIELD)
		set_cell(b, to, m->params[i]);
}

static void enter_aliases(struct mapping *m, struct entry_build *b)
{
	unsigned i, k;

	for (i = 0; i < m->nargs && i < m->callee->nparams; i++) {
		const struct term *arg = m->args[i];

		if (m->params[i]->kind != TERM_PARAM || !is_address(arg))
			continue;
		if (arg->kind == TERM_LOAD && arg->a->kind == TERM_FIELD)
			enter_alias(m, b, arg->a, i);
		for (k = 0; k < m->w->cells.n; k++)
			if (m->w->cells.at[k].value == arg)
				enter_alias(m, b, m->w->cells.at[k].address, i);
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

struct state *enter(struct mapping *m)
{
	static struct entry_build b;
	static struct state state;

	b.holds.n = b.vals.n = b.cells.n = b.knowns.n = 0;
	enter_holds(m, &b);
	enter_values(m, &b);
	if (m->solver->link->aliases)
		enter_aliases(m, &b);
	enter_rows(m, &b);
	sort_holds(b.holds.at, b.holds.n);
	sort_cells(b.cells.at, b.cells.n);
	sort_knowns(b.knowns.at, b.knowns.n);
	state = (struct state){
		.holds = b.holds.at, .nholds = b.holds.n,
		.vals = b.vals.at, .nvals = b.vals.n,
		.cells = b.cells.at, .ncells = b.cells.n,
		.knowns = b.knowns.at, .nknown = b.knowns.n,
	};
	return &state;
}
