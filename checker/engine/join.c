// SPDX-License-Identifier: GPL-2.0-only
/* Where paths meet: what both say stays, the rest is forgotten. */

#include "solve.h"

#include <string.h>

/* After that many meetings a bound that still moves is given up. */
#define EXIT_BLOCK	0xffffffu
#define RETURNED	0xfffffffu	/* the number of what is returned */

/* Whether a variable points to this lock, that one or none is not forgotten. */
static bool same_pointers(const struct state *state, const struct work *w)
{
	unsigned i;

	for (i = 0; i < state->nvals; i++) {
		const struct slot_value *slot = &state->vals[i];

		if (slot->value != w->vals[slot->var] && w->vals[slot->var] &&
		    slot->var < w->fn->nvars &&
		    w->fn->vars[slot->var].points_to_lock)
			return false;
	}
	return true;
}

bool state_same_holds(const struct state *state, const struct work *w)
{
	unsigned i;

	if (state->nholds != w->holds.n)
		return false;
	for (i = 0; i < w->holds.n; i++)
		if (hold_compare(&state->holds[i], &w->holds.at[i]))
			return false;
	return same_pointers(state, w);
}

static const struct term *cell_value(const struct work *w,
				     const struct term *address)
{
	return work_load((struct work *)w, address);
}

/* The same of cell @i of a state that @w is much like: mostly they stand alike. */
static const struct term *value_at(const struct work *w,
				   const struct cell *cell, unsigned i)
{
	if (i < w->cells.n && w->cells.at[i].address == cell->address &&
	    w->cells.at[i].value)
		return w->cells.at[i].value;
	return cell_value(w, cell->address);
}

/* Joining a path into what is kept */

struct join {
	struct state *state;
	struct work *w;
	unsigned block;
	bool widen;
	bool changed;
};

/* As if the state were a path, to ask what it knows of a value or of a place in
 * memory; of its variables nobody asks. */
static struct work *as_work(struct join *j)
{
	struct work *w = work_new(j->w->fn);

	work_memory_from_state(w, j->state);
	return w;
}

static struct range widened(struct range old, struct range both)
{
	if (both.low < old.low)
		both.low = INT64_MIN;
	if (both.high > old.high)
		both.high = INT64_MAX;
	return both;
}

static bool is_phi(const struct term *t, unsigned block, unsigned n)
{
	return t->kind == TERM_PHI && t->site == block && t->n == n;
}

/* Places are numbered behind the variables. */
static unsigned cell_number(const struct term *address)
{
	return 0x1000000u + address->id;
}

/* The value that stands for several here; mostly it does so already. */
static const struct term *phi_of(const struct join *j, const struct term *now,
				 unsigned n)
{
	return is_phi(now, j->block, n) ? now : term_phi(j->block, n);
}

static bool is_all(struct range r)
{
	return r.low == INT64_MIN && r.high == INT64_MAX && !r.nonzero;
}

/* The two sides' values of one place become one that stands for either. */
struct meeting {
	const struct term *phi;
	struct range range;
	bool began;		/* it stands for two since just now */
};

static struct meeting meet(struct join *j, struct work *old,
			   const struct term *phi, const struct term *a,
			   const struct term *b)
{
	struct range ra = range_of(old, a);
	struct meeting m = { phi, ra, a != phi };

	if (is_all(ra))
		return m;
	m.range = range_hull(ra, range_of(j->w, b));
	if (j->widen && a == phi)
		m.range = widened(ra, m.range);
	return m;
}

#define MAX_MEETINGS	512

struct meetings {
	struct meeting at[MAX_MEETINGS];
	unsigned n;
};

static void note(struct meetings *all, struct meeting m)
{
	if (all->n < MAX_MEETINGS)
		all->at[all->n++] = m;
}

static void join_vals(struct join *j, struct work *old,
		      struct meetings *meetings)
{
	unsigned i, kept = 0;

	for (i = 0; i < j->state->nvals; i++) {
		struct slot_value *slot = &j->state->vals[i];
		const struct term *other = j->w->vals[slot->var], *phi;

		if (!other) {
			j->changed = true;	/* unset on this side: unknown */
			continue;
		}
		if (other != slot->value) {
			phi = phi_of(j, slot->value, slot->var);
			note(meetings, meet(j, old, phi, slot->value, other));
			if (slot->value != phi) {
				slot->value = phi;
				j->changed = true;
			}
		}
		j->state->vals[kept++] = *slot;
	}
	j->state->nvals = kept;
}

static bool has_zero_cell(const struct work *w, const struct term *address)
{
	unsigned i;

	for (i = 0; i < w->cells.n; i++)
		if (!w->cells.at[i].value && w->cells.at[i].address == address)
			return true;
	return false;
}

/* A cell that only the path has says more than the state did: it goes in as
 * "either", so that a read does not find what was there on entry. */
static void join_new_cells(struct join *j, struct work *old,
			   struct meetings *meetings)
{
	static VEC(struct cell) cells;
	unsigned i, n = j->state->ncells;

	VEC_SET(&cells, j->state->cells, n);
	for (i = 0; i < j->w->cells.n; i++) {
		struct cell *cell = &j->w->cells.at[i];
		const struct term *was, *phi;
		unsigned k;

		if (!cell->value)
			continue;
		for (k = 0; k < n; k++)
			if (cells.at[k].address == cell->address &&
			    cells.at[k].value)
				break;
		if (k < n)
			continue;
		was = cell_value(old, cell->address);
		if (was == cell->value)
			continue;
		phi = term_phi(j->block, cell_number(cell->address));
		note(meetings, meet(j, old, phi, was, cell->value));
		VEC_PUSH(&cells, ((struct cell){ cell->address, phi }));
	}
	if (cells.n == n)
		return;
	sort_cells(cells.at, cells.n);
	j->state->cells = arena_copy(&solve_arena, cells.at,
				     cells.n * sizeof(*cells.at));
	j->state->ncells = cells.n;
	j->changed = true;
}

static void join_cells(struct join *j, struct work *old,
		       struct meetings *meetings)
{
	unsigned i, kept = 0;

	for (i = 0; i < j->state->ncells; i++) {
		struct cell *cell = &j->state->cells[i];
		const struct term *other, *phi;

		if (!cell->value) {
			if (has_zero_cell(j->w, cell->address))
				j->state->cells[kept++] = *cell;
			else
				j->changed = true;
			continue;
		}
		other = value_at(j->w, cell, i);
		if (other != cell->value) {
			phi = phi_of(j, cell->value, cell_number(cell->address));
			note(meetings, meet(j, old, phi, cell->value, other));
			if (cell->value != phi) {
				cell->value = phi;
				j->changed = true;
			}
		}
		j->state->cells[kept++] = *cell;
	}
	j->state->ncells = kept;
	join_new_cells(j, old, meetings);
}

static void join_ret(struct join *j, struct work *old,
		     struct meetings *meetings)
{
	const struct term *phi;

	if (j->state->ret == j->w->ret)
		return;
	if (!j->state->ret || !j->w->ret) {
		j->changed |= j->state->ret != NULL;
		j->state->ret = NULL;
		return;
	}
	phi = phi_of(j, j->state->ret, RETURNED);
	note(meetings, meet(j, old, phi, j->state->ret, j->w->ret));
	if (j->state->ret != phi) {
		j->state->ret = phi;
		j->changed = true;
	}
}

static const struct meeting *met(const struct meetings *all,
				 const struct term *t)
{
	unsigned i;

	for (i = 0; i < all->n; i++)
		if (all->at[i].phi == t)
			return &all->at[i];
	return NULL;
}

/* What both sides know of the same value, which is the state's @i-th. */
static struct range known_by_both(struct join *j, const struct known *known,
				  unsigned i)
{
	const struct known *other = i < j->w->knowns.n ? &j->w->knowns.at[i]
						       : NULL;
	struct range both;

	/* Mostly the path knows the same, in the same order. */
	if (other && other->term == known->term &&
	    same_range(other->range, known->range))
		return known->range;
	both = range_hull(known->range, range_of(j->w, known->term));
	return j->widen ? widened(known->range, both) : both;
}

static void set_knowns(struct state *state, struct known *knowns, unsigned n)
{
	sort_knowns(knowns, n);
	if (n > state->nknown)
		state->knowns = arena_copy(&solve_arena, knowns,
					   n * sizeof(*knowns));
	else if (n)
		memcpy(state->knowns, knowns, n * sizeof(*knowns));
	state->nknown = n;
}

static void join_knowns(struct join *j, const struct meetings *meetings)
{
	static VEC(struct known) knowns;
	unsigned i, k;

	knowns.n = 0;
	for (i = 0; i < j->state->nknown; i++) {
		struct known known = j->state->knowns[i];
		const struct meeting *m = met(meetings, known.term);
		struct range both = m ? m->range : known_by_both(j, &known, i);

		if (!same_range(both, known.range))
			j->changed = true;
		if (is_all(both))
			continue;
		known.range = both;
		VEC_PUSH(&knowns, known);
	}
	for (i = 0; i < meetings->n; i++) {
		const struct meeting *m = &meetings->at[i];

		if (!m->began || is_all(m->range))
			continue;
		for (k = 0; k < knowns.n; k++)
			if (knowns.at[k].term == m->phi)
				break;
		if (k == knowns.n)
			VEC_PUSH(&knowns, ((struct known){ m->phi, m->range }));
	}
	set_knowns(j->state, knowns.at, knowns.n);
}

/*
 * A value that this block made when it was last met is about to be made anew:
 * what else on the path still names it means the one of before.
 */
static void retire_phis(struct work *w, const struct state *state,
			unsigned block)
{
	unsigned i;

	for (i = 0; i < state->nvals; i++) {
		const struct slot_value *slot = &state->vals[i];

		if (is_phi(slot->value, block, slot->var) &&
		    w->vals[slot->var] != slot->value)
			work_rename(w, slot->value, term_old(slot->value));
	}
	for (i = 0; i < state->ncells; i++) {
		const struct cell *cell = &state->cells[i];

		if (cell->value &&
		    is_phi(cell->value, block, cell_number(cell->address)) &&
		    cell_value(w, cell->address) != cell->value)
			work_rename(w, cell->value, term_old(cell->value));
	}
}

/* What is held is the same in both; so is all that has a value. */
static bool same_values(const struct state *state, const struct work *w)
{
	unsigned i;

	if (state->ret != w->ret || state->ncells != w->cells.n)
		return false;
	for (i = 0; i < state->nvals; i++)
		if (state->vals[i].value != w->vals[state->vals[i].var])
			return false;
	for (i = 0; i < state->ncells; i++)
		if (state->cells[i].address != w->cells.at[i].address ||
		    state->cells[i].value != w->cells.at[i].value)
			return false;
	return true;
}

/* Nothing stands for two values that did not before: ranges at most grow. */
static void join_ranges(struct join *j)
{
	unsigned i, kept = 0;

	for (i = 0; i < j->state->nknown; i++) {
		struct known known = j->state->knowns[i];
		struct range both = known_by_both(j, &known, i);

		j->changed |= !same_range(both, known.range);
		known.range = both;
		if (!is_all(both))
			j->state->knowns[kept++] = known;
	}
	j->state->nknown = kept;
}

bool state_join(struct state *state, struct work *from, unsigned block,
		bool loops, bool widen)
{
	static struct meetings meetings;
	struct join j = { state, from, block, widen, false };
	struct work *own = NULL, *old;

	if (same_values(state, from)) {
		join_ranges(&j);
		return j.changed;
	}
	if (loops && named_sites(from, NULL) & term_phi_bloom(block)) {
		j.w = own = work_copy(from);
		retire_phis(own, state, block);
	}
	meetings.n = 0;
	old = as_work(&j);
	join_vals(&j, old, &meetings);
	join_cells(&j, old, &meetings);
	join_ret(&j, old, &meetings);
	join_knowns(&j, &meetings);
	work_free(old);
	if (own)
		work_free(own);
	return j.changed;
}

bool state_join_exit(struct state *state, const struct state *more)
{
	static const struct function none = { 0 };
	static struct meetings meetings;
	struct work *w = work_new(&none), *old;
	struct join j = { state, w, EXIT_BLOCK, true, false };

	work_from_state(w, more);
	meetings.n = 0;
	old = as_work(&j);
	join_cells(&j, old, &meetings);
	join_ret(&j, old, &meetings);
	join_knowns(&j, &meetings);
	work_free(old);
	work_free(w);
	return j.changed;
}
