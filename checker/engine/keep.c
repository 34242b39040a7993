// SPDX-License-Identifier: GPL-2.0-only
/* What is kept of a path: at a point, at a way out, of an entry. */

#include "solve.h"

#include <string.h>

/* Bloom of the values made here that something kept still names. */
uint64_t named_sites(const struct work *w, const struct bits *live)
{
	uint64_t sites = 0;
	unsigned i;

	each_val(w, i)
		if (!live || bit_get(live, i))
			sites |= w->vals[i]->sites;
	for (i = 0; i < w->cells.n; i++) {
		sites |= w->cells.at[i].address->sites;
		if (w->cells.at[i].value)
			sites |= w->cells.at[i].value->sites;
	}
	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].at)
			sites |= w->holds.at[i].at->sites;
	return sites | (w->ret ? w->ret->sites : 0);
}

static bool is_kept(const struct known *known, uint64_t sites)
{
	return !(known->term->sites & ~sites);
}

static void copy_cells(struct state *state, const struct work *w)
{
	state->ncells = w->cells.n;
	state->cells = arena_copy(&solve_arena, w->cells.at,
				  w->cells.n * sizeof(struct cell));
	sort_cells(state->cells, state->ncells);
}

static void copy_knowns(struct state *state, const struct work *w,
			uint64_t sites)
{
	unsigned i, kept = 0;

	for (i = 0; i < w->knowns.n; i++)
		kept += is_kept(&w->knowns.at[i], sites);
	state->knowns = kept ? arena_array(&solve_arena, struct known, kept)
			     : NULL;
	for (i = 0; i < w->knowns.n; i++)
		if (is_kept(&w->knowns.at[i], sites))
			state->knowns[state->nknown++] = w->knowns.at[i];
	sort_knowns(state->knowns, state->nknown);
}

static void copy_vals(struct state *state, const struct work *w,
		      const struct bits *live)
{
	unsigned i, kept = 0;

	each_val(w, i)
		kept += !live || bit_get(live, i);
	state->vals = kept ? arena_array(&solve_arena, struct slot_value, kept)
			   : NULL;
	each_val(w, i)
		if (!live || bit_get(live, i))
			state->vals[state->nvals++] =
				(struct slot_value){ i, w->vals[i] };
}

/* Most points hold what the one before held: all of these share it. */
static void copy_holds(struct state *state, const struct work *w,
		       const struct state *before)
{
	size_t size = w->holds.n * sizeof(struct hold);

	state->nholds = w->holds.n;
	if (before && before->nholds == w->holds.n &&
	    (!size || !memcmp(before->holds, w->holds.at, size)))
		state->holds = before->holds;
	else
		state->holds = arena_copy(&solve_arena, w->holds.at, size);
}

struct state *state_from_work(const struct work *w, const struct bits *live,
			      const struct state *before)
{
	struct state *state = arena_new(&solve_arena, struct state);

	copy_holds(state, w, before);
	copy_vals(state, w, live);
	copy_cells(state, w);
	copy_knowns(state, w, named_sites(w, live));
	state->ret = w->ret;
	return state;
}

/* Exits: what a caller can see of them */

static bool is_visible(const struct term *t)
{
	return !(t->mentions & (MENTION_LOCAL | MENTION_FRAME));
}

/*
 * Of what was written a caller takes what is its own, and all if the function is
 * precise; so it does if values of the entry were forgotten: nobody knows then
 * what is the caller's own.
 */
static bool is_for_caller(const struct info *info, const struct term *t)
{
	while (t->kind == TERM_FIELD || t->kind == TERM_ELEMENT)
		t = t->a;
	if (t->kind == TERM_RETURN)
		return true;
	return info->precise || info->capped ? is_visible(t)
	       : t->kind == TERM_PARAM && (t->op & POINTS_LOCAL);
}

/* Of values it takes what is known of the one that is returned. */
static bool is_known_to_caller(const struct info *info, const struct work *w,
			       const struct known *known, uint64_t sites)
{
	if ((known->term->mentions & MENTION_LOCAL) || !is_kept(known, sites))
		return false;
	return info->precise || (w->ret && term_contains(w->ret, known->term));
}

const struct state *state_of_exit(const struct info *info, const struct work *w)
{
	static VEC(struct hold) holds;
	static VEC(struct cell) cells;
	static VEC(struct known) knowns;
	static struct state state;
	uint64_t sites = w->ret ? w->ret->sites : 0;
	unsigned i;

	holds.n = cells.n = knowns.n = 0;
	for (i = 0; i < w->holds.n; i++) {
		if (w->holds.at[i].asserted && !w->holds.at[i].on_entry)
			continue;
		VEC_PUSH(&holds, w->holds.at[i]);
		if (w->holds.at[i].at)
			sites |= w->holds.at[i].at->sites;
	}
	for (i = 0; i < w->cells.n; i++) {
		struct cell *cell = &w->cells.at[i];

		if (!is_for_caller(info, cell->address))
			continue;
		VEC_PUSH(&cells, *cell);
		if (cell->value)
			sites |= cell->value->sites;
	}
	for (i = 0; i < w->knowns.n; i++)
		if (is_known_to_caller(info, w, &w->knowns.at[i], sites))
			VEC_PUSH(&knowns, w->knowns.at[i]);
	sort_cells(cells.at, cells.n);
	sort_knowns(knowns.at, knowns.n);
	state = (struct state){
		.holds = holds.at, .nholds = holds.n,
		.cells = cells.at, .ncells = cells.n,
		.knowns = knowns.at, .nknown = knowns.n, .ret = w->ret,
	};
	return &state;
}

struct state *state_keep(const struct state *state)
{
	struct state *kept = arena_copy(&solve_arena, state, sizeof(*state));

	kept->holds = arena_copy(&solve_arena, state->holds,
				 state->nholds * sizeof(*state->holds));
	kept->vals = arena_copy(&solve_arena, state->vals,
				state->nvals * sizeof(*state->vals));
	kept->cells = arena_copy(&solve_arena, state->cells,
				 state->ncells * sizeof(*state->cells));
	kept->knowns = arena_copy(&solve_arena, state->knowns,
				  state->nknown * sizeof(*state->knowns));
	return kept;
}

/* Entries */

static unsigned mix(unsigned h, uint64_t v)
{
	v ^= (uint64_t)h << 13;
	v *= 0x9e3779b97f4a7c15ull;
	return (unsigned)(v >> 31) ^ (unsigned)v;
}

unsigned state_hash(const struct state *state)
{
	unsigned h = state->nholds + state->part * 77 +
		     (unsigned)state->forbids * 31, i;

	for (i = 0; i < state->nholds; i++) {
		h = mix(h, state->holds[i].cls->id);
		h = mix(h, state->holds[i].at ? state->holds[i].at->id + 1 : 0);
		h = mix(h, state->holds[i].mode * 256u + state->holds[i].depth);
	}
	for (i = 0; i < state->nvals; i++)
		h = mix(h, state->vals[i].value->id * 64ull + state->vals[i].var);
	for (i = 0; i < state->ncells; i++) {
		h = mix(h, state->cells[i].address->id);
		h = mix(h, state->cells[i].value ? state->cells[i].value->id + 1
						 : 0);
	}
	for (i = 0; i < state->nknown; i++) {
		h = mix(h, state->knowns[i].term->id);
		h = mix(h, state->knowns[i].range.low);
		h = mix(h, state->knowns[i].range.high);
	}
	return h;
}

bool state_equal(const struct state *a, const struct state *b)
{
	unsigned i;

	if (a->part != b->part || a->forbids != b->forbids ||
	    a->nholds != b->nholds || a->nvals != b->nvals ||
	    a->ncells != b->ncells || a->nknown != b->nknown)
		return false;
	for (i = 0; i < a->nholds; i++)
		if (hold_compare(&a->holds[i], &b->holds[i]))
			return false;
	for (i = 0; i < a->nvals; i++)
		if (a->vals[i].var != b->vals[i].var ||
		    a->vals[i].value != b->vals[i].value)
			return false;
	for (i = 0; i < a->ncells; i++)
		if (a->cells[i].address != b->cells[i].address ||
		    a->cells[i].value != b->cells[i].value)
			return false;
	for (i = 0; i < a->nknown; i++)
		if (a->knowns[i].term != b->knowns[i].term ||
		    !same_range(a->knowns[i].range, b->knowns[i].range))
			return false;
	return true;
}
