// SPDX-License-Identifier: GPL-2.0-only
/* A path: what it has, and what its values are called from here on. */

#include "link.h"
#include "state.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TIMES	4	/* of a hold that counts: beyond it is "many" */

/* Works come and go by the hundred thousand: those of before are kept. */
static struct work *spare[64];
static unsigned nspare;

static void *zeroed(size_t n, size_t size)
{
	void *at = calloc(n, size);

	if (!at)
		abort();
	return at;
}

/* Whoever gives a work back leaves all its variables unset. */
static void make_room(struct work *w, unsigned room)
{
	w->words = room / 64 + 1;
	if (w->vals && room <= w->room)
		return;
	free(w->vals);
	free(w->set);
	w->room = room;
	w->vals = zeroed(room + 1, sizeof(*w->vals));
	w->set = zeroed(w->words, sizeof(*w->set));
}

struct work *work_new(const struct function *fn)
{
	struct work *w = nspare ? spare[--nspare] : zeroed(1, sizeof(*w));

	w->fn = fn;
	make_room(w, fn->nvars + fn->ntemps);
	w->holds.n = w->cells.n = w->knowns.n = 0;
	w->ret = NULL;
	w->site = w->fresh = 0;
	return w;
}

struct work *work_copy(const struct work *from)
{
	struct work *w = work_new(from->fn);
	unsigned i;

	each_val(from, i)
		work_set(w, i, from->vals[i]);
	VEC_SET(&w->holds, from->holds.at, from->holds.n);
	VEC_SET(&w->cells, from->cells.at, from->cells.n);
	VEC_SET(&w->knowns, from->knowns.at, from->knowns.n);
	w->ret = from->ret;
	w->site = from->site;
	w->fresh = from->fresh;
	return w;
}

void work_free(struct work *w)
{
	unsigned i;

	each_val(w, i)
		work_set(w, i, NULL);
	if (nspare < ARRAY_SIZE(spare)) {
		spare[nspare++] = w;
		return;
	}
	free(w->vals);
	free(w->set);
	free(w->holds.at);
	free(w->cells.at);
	free(w->knowns.at);
	free(w);
}

void work_memory_from_state(struct work *w, const struct state *state)
{
	VEC_SET(&w->holds, state->holds, state->nholds);
	VEC_SET(&w->cells, state->cells, state->ncells);
	VEC_SET(&w->knowns, state->knowns, state->nknown);
	w->ret = state->ret;
}

void work_from_state(struct work *w, const struct state *state)
{
	unsigned i;

	for (i = 0; i < state->nvals; i++)
		work_set(w, state->vals[i].var, state->vals[i].value);
	work_memory_from_state(w, state);
}

/* Renaming */

struct renaming {
	const struct term *from, *to;
	unsigned site;
	uint64_t bloom;
};

static const struct term *rename_leaf(void *data, const struct term *t)
{
	struct renaming *r = data;

	if (t == r->from)
		return r->to;
	if (!(t->sites & r->bloom))
		return t;
	return NULL;
}

static const struct term *site_leaf(void *data, const struct term *t)
{
	struct renaming *r = data;

	if (t->kind == TERM_SITE && t->site == r->site)
		return term_old(t);
	if (!(t->sites & r->bloom))
		return t;
	return NULL;
}

/* The locks of several objects of earlier rounds: that there are some is all
 * that is kept. */
static void gather_same(struct work *w)
{
	unsigned i, j;

	for (i = 0; i < w->holds.n; i++)
		for (j = i + 1; j < w->holds.n;) {
			struct hold *a = &w->holds.at[i], *b = &w->holds.at[j];

			if (a->cls != b->cls || a->at != b->at || !a->at) {
				j++;
				continue;
			}
			a->many = true;
			*b = w->holds.at[--w->holds.n];
		}
}

static void rename_all(struct work *w, term_leaf_fn leaf, struct renaming *r)
{
	unsigned i;

	each_val(w, i)
		if (w->vals[i]->sites & r->bloom)
			w->vals[i] = term_map(w->vals[i], leaf, r);
	for (i = 0; i < w->cells.n;) {
		struct cell *cell = &w->cells.at[i];

		/* What an earlier round knew of its own object is of no use. */
		if ((cell->address->sites & r->bloom) &&
		    term_map(cell->address, leaf, r) != cell->address) {
			w->cells.at[i] = w->cells.at[--w->cells.n];
			continue;
		}
		if (cell->value && (cell->value->sites & r->bloom))
			cell->value = term_map(cell->value, leaf, r);
		i++;
	}
	for (i = 0; i < w->holds.n; i++) {
		struct hold *hold = &w->holds.at[i];

		if (hold->at && (hold->at->sites & r->bloom))
			hold->at = term_map(hold->at, leaf, r);
	}
	gather_same(w);
	for (i = 0; i < w->knowns.n;) {
		const struct term *t = w->knowns.at[i].term;

		if ((t->sites & r->bloom) && term_map(t, leaf, r) != t)
			w->knowns.at[i] = w->knowns.at[--w->knowns.n];
		else
			i++;
	}
	if (w->ret && (w->ret->sites & r->bloom))
		w->ret = term_map(w->ret, leaf, r);
}

void work_rename(struct work *w, const struct term *from,
		 const struct term *to)
{
	struct renaming r = { from, to, 0, from->sites };

	rename_all(w, rename_leaf, &r);
}

void work_retire_site(struct work *w, unsigned site)
{
	struct renaming r = { .site = site,
			      .bloom = term_site_bloom(site) };

	rename_all(w, site_leaf, &r);
}

/* Holds */

const struct hold *work_holds(const struct work *w, const char *cls)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (!strcmp(w->holds.at[i].cls->name, cls))
			return &w->holds.at[i];
	return NULL;
}

int hold_compare(const struct hold *a, const struct hold *b)
{
	if (a->cls != b->cls)
		return a->cls->id < b->cls->id ? -1 : 1;
	if (a->at != b->at)
		return (a->at ? a->at->id + 1 : 0) < (b->at ? b->at->id + 1 : 0)
			? -1 : 1;
	if (a->mode != b->mode)
		return a->mode < b->mode ? -1 : 1;
	if (a->depth != b->depth)
		return a->depth < b->depth ? -1 : 1;
	if (a->many != b->many)
		return a->many < b->many ? -1 : 1;
	return 0;
}

void hold_deepen(struct hold *hold, unsigned times)
{
	if (hold->depth + times > MAX_TIMES) {
		hold->depth = MAX_TIMES;
		hold->many = true;
	} else {
		hold->depth += times;
	}
}

void sort_holds(struct hold *holds, unsigned n)
{
	unsigned i, k;

	for (i = 1; i < n; i++) {
		struct hold hold;

		if (hold_compare(&holds[i - 1], &holds[i]) <= 0)
			continue;
		hold = holds[i];
		for (k = i; k && hold_compare(&hold, &holds[k - 1]) < 0; k--)
			holds[k] = holds[k - 1];
		holds[k] = hold;
	}
}

void sort_cells(struct cell *cells, unsigned n)
{
	unsigned i, k;

	for (i = 1; i < n; i++) {
		struct cell cell = cells[i];

		for (k = i; k && cells[k - 1].address->id > cell.address->id; k--)
			cells[k] = cells[k - 1];
		cells[k] = cell;
	}
}

void sort_knowns(struct known *knowns, unsigned n)
{
	unsigned i, k;

	for (i = 1; i < n; i++) {
		struct known known = knowns[i];

		for (k = i; k && knowns[k - 1].term->id > known.term->id; k--)
			knowns[k] = knowns[k - 1];
		knowns[k] = known;
	}
}
