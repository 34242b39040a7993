// SPDX-License-Identifier: GPL-2.0-only
/* Memory and holds along one path. */

#include "link.h"
#include "state.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CELLS	200
#define FRESH_IN_CELL	0x1000000u	/* number of the first such value */
#define MAX_ADDRESS	10	/* members and pointers on the way to a place */

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

void work_from_state(struct work *w, const struct state *state)
{
	unsigned i;

	for (i = 0; i < state->nvals; i++)
		work_set(w, state->vals[i].var, state->vals[i].value);
	VEC_SET(&w->holds, state->holds, state->nholds);
	VEC_SET(&w->cells, state->cells, state->ncells);
	VEC_SET(&w->knowns, state->knowns, state->nknown);
	w->ret = state->ret;
}

/* Memory */

static struct cell *cell_of(struct work *w, const struct term *address)
{
	unsigned i;

	for (i = 0; i < w->cells.n; i++)
		if (w->cells.at[i].address == address && w->cells.at[i].value)
			return &w->cells.at[i];
	return NULL;
}

/* That of the place, or else of its member in whatever record. */
static struct cell *cell_for_read(struct work *w, const struct term *address)
{
	struct cell *anywhere = NULL;
	unsigned i;

	for (i = 0; i < w->cells.n; i++) {
		struct cell *cell = &w->cells.at[i];

		if (!cell->value)
			continue;
		if (cell->address == address)
			return cell;
		if (address->kind == TERM_FIELD &&
		    term_is_anywhere(cell->address, address->field) &&
		    !anywhere)
			anywhere = cell;
	}
	return anywhere;
}

/* True if @address is @base or a member or element in it. */
static bool is_below(const struct term *address, const struct term *base)
{
	while (address != base) {
		if (address->kind != TERM_FIELD &&
		    address->kind != TERM_ELEMENT)
			return false;
		address = address->a;
	}
	return true;
}

static const struct term *root_of(const struct term *address)
{
	while (address->kind == TERM_FIELD || address->kind == TERM_ELEMENT)
		address = address->a;
	return address;
}

/* Stores to other members are not followed, so that they are not zero still. */
static const struct bits *followed, *sticky;

void state_follow(const struct bits *fields, const struct bits *stays)
{
	followed = fields;
	sticky = stays;
}

static bool is_cleared(struct work *w, const struct term *address)
{
	unsigned i;

	if (address->kind == TERM_FIELD && followed &&
	    !bit_get(followed, address->field->id))
		return false;
	for (i = 0; i < w->cells.n; i++)
		if (!w->cells.at[i].value &&
		    is_below(address, w->cells.at[i].address))
			return true;
	return false;
}

/* A counter that is held is not zero. */
static bool is_raised(const struct work *w, const struct term *address)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].cls->name == address->field->key)
			return true;
	return false;
}

const struct term *work_load(struct work *w, const struct term *address)
{
	struct cell *cell;

	if (address->kind == TERM_LOCAL && w->vals[address->n])
		return w->vals[address->n];
	cell = cell_for_read(w, address);
	if (cell)
		return cell->value;
	if (w->cells.n && is_cleared(w, address))
		return term_int(0);
	if (address->kind == TERM_FIELD && is_raised(w, address))
		return term_int(1);
	return term_load(address);
}

/* Out of others' reach: a variable of this function, or what a row has settled. */
static bool is_settled(const struct term *root)
{
	return term_is_private(root) || root->kind == TERM_STRING;
}

/*
 * True if a store to @a may change what is at @b: both name the same member,
 * and neither is a variable of this function that the other cannot be.
 */
static bool may_alias(const struct term *a, const struct term *b)
{
	const struct term *ra, *rb;

	if (a->kind != b->kind)
		return false;
	if (a->kind == TERM_FIELD && a->field != b->field)
		return false;
	if (a->kind != TERM_FIELD && a->kind != TERM_ELEMENT)
		return false;
	ra = root_of(a);
	rb = root_of(b);
	if (is_settled(ra) || is_settled(rb) ||
	    (ra->kind == TERM_GLOBAL && rb->kind == TERM_GLOBAL))
		return ra == rb && a->kind == TERM_ELEMENT;
	return true;
}

static bool is_sticky(const struct term *address)
{
	return address->kind == TERM_FIELD && sticky &&
	       bit_get(sticky, address->field->id);
}

static bool term_is_set(const struct term *value)
{
	return value->kind == TERM_INT && value->value != 0;
}

static bool is_for_good(const struct known *known)
{
	const struct term *t = known->term;

	return t->kind == TERM_LOAD && is_sticky(t->a) &&
	       (known->range.nonzero || known->range.low > 0);
}

/* Facts on what memory held at @address are facts no more. */
static void forget_loads(struct work *w, const struct term *address)
{
	unsigned i = 0;

	while (i < w->knowns.n) {
		const struct term *t = w->knowns.at[i].term;

		if ((t->mentions & MENTION_LOAD) && t->kind == TERM_LOAD &&
		    (t->a == address || (may_alias(t->a, address) &&
					 !is_for_good(&w->knowns.at[i]))))
			w->knowns.at[i] = w->knowns.at[--w->knowns.n];
		else
			i++;
	}
}

/* Somewhere that arithmetic led to: no name that a read would use again. */
static bool is_nameless(const struct term *address)
{
	const struct term *root = root_of(address), *at;

	for (at = address; at->kind == TERM_FIELD || at->kind == TERM_ELEMENT;
	     at = at->a)
		if (at->kind == TERM_ELEMENT && at->b->kind != TERM_INT)
			return true;
	return root->kind == TERM_BINARY || root->kind == TERM_UNARY ||
	       root->kind == TERM_INT || root->kind == TERM_OLD ||
	       address->depth > MAX_ADDRESS;
}

/* Named by the place, so that it is the same whatever other cells there are. */
static const struct term *fresh_in(const struct work *w, const struct cell *cell)
{
	return term_site(w->site, FRESH_IN_CELL + cell->address->id);
}

void work_store(struct work *w, const struct term *address,
		const struct term *value)
{
	struct cell *cell;
	unsigned i;

	if (address->kind == TERM_LOCAL) {
		work_set(w, address->n, value);
		return;
	}
	for (i = 0; i < w->cells.n; i++) {
		cell = &w->cells.at[i];
		if (cell->value && cell->address != address &&
		    may_alias(cell->address, address) &&
		    !(is_sticky(address) && term_is_set(cell->value)))
			cell->value = fresh_in(w, cell);
	}
	forget_loads(w, address);
	cell = cell_of(w, address);
	if (cell)
		cell->value = value;
	else if (!is_nameless(address) && w->cells.n < MAX_CELLS)
		VEC_PUSH(&w->cells, ((struct cell){ address, value }));
}

static void drop_cells_below(struct work *w, const struct term *address)
{
	unsigned i = 0;

	while (i < w->cells.n)
		if (is_below(w->cells.at[i].address, address))
			w->cells.at[i] = w->cells.at[--w->cells.n];
		else
			i++;
}

void work_clear(struct work *w, const struct term *address)
{
	drop_cells_below(w, address);
	if (address->kind == TERM_LOCAL)
		work_set(w, address->n, NULL);
	VEC_PUSH(&w->cells, ((struct cell){ address, NULL }));
}

static bool mentions_load_below(const struct term *t,
				const struct term *address)
{
	for (; t; t = t->a) {
		if (!(t->mentions & MENTION_LOAD))
			return false;
		if (t->kind == TERM_LOAD && is_below(t->a, address))
			return true;
		if (t->b && mentions_load_below(t->b, address))
			return true;
	}
	return false;
}

void work_forget(struct work *w, const struct term *address)
{
	unsigned i = 0;

	if (address->kind == TERM_LOCAL)
		work_set(w, address->n, work_fresh(w));
	while (i < w->cells.n) {
		struct cell *cell = &w->cells.at[i];

		if (is_below(cell->address, address) ||
		    (!cell->value && is_below(address, cell->address)))
			w->cells.at[i] = w->cells.at[--w->cells.n];
		else
			i++;
	}
	for (i = 0; i < w->knowns.n;)
		if (mentions_load_below(w->knowns.at[i].term, address))
			w->knowns.at[i] = w->knowns.at[--w->knowns.n];
		else
			i++;
	/* A place of its own, so that the next read is a new value. */
	if (address->kind != TERM_LOCAL)
		VEC_PUSH(&w->cells, ((struct cell){ address, work_fresh(w) }));
}

/* The member at @at, or a record that it is in. */
static bool is_one_of(const struct term *at, const struct bits *fields)
{
	for (; at->kind == TERM_FIELD || at->kind == TERM_ELEMENT; at = at->a)
		if (at->kind == TERM_FIELD && bit_get(fields, at->field->id))
			return true;
	return false;
}

/* What a pure function returns hangs on the members that it reads. */
static bool is_made_of(const struct term *at, const struct bits *fields)
{
	const struct info *info;
	unsigned i;

	while (at->kind == TERM_ELEMENT)
		at = at->a;
	if (at->kind != TERM_FUNCTION || !at->symbol->def)
		return false;
	info = info_of(at->symbol->def);
	for (i = 0; i < fields->n; i++)
		if (info->reads.word[i] & fields->word[i])
			return true;
	return false;
}

static bool loads_one_of(const struct term *t, const struct bits *fields)
{
	for (; t; t = t->a) {
		if (!(t->mentions & MENTION_LOAD))
			return false;
		if (t->kind == TERM_LOAD &&
		    (is_one_of(t->a, fields) || is_made_of(t->a, fields)))
			return true;
		if (t->b && loads_one_of(t->b, fields))
			return true;
	}
	return false;
}

void work_forget_fields(struct work *w, const struct bits *fields)
{
	unsigned i;

	for (i = 0; i < w->knowns.n;)
		if (!is_for_good(&w->knowns.at[i]) &&
		    loads_one_of(w->knowns.at[i].term, fields))
			w->knowns.at[i] = w->knowns.at[--w->knowns.n];
		else
			i++;
	for (i = 0; i < w->cells.n; i++) {
		struct cell *cell = &w->cells.at[i];

		if (cell->value && is_one_of(cell->address, fields) &&
		    !is_settled(root_of(cell->address)))
			cell->value = fresh_in(w, cell);
	}
}

struct rebase {
	const struct term *from, *to;
};

static const struct term *rebase_leaf(void *data, const struct term *t)
{
	struct rebase *r = data;

	return t == r->from ? r->to : NULL;
}

void work_copy_record(struct work *w, const struct term *to,
		      const struct term *from)
{
	struct rebase rebase = { from, to };
	unsigned i, n = w->cells.n;
	struct cell cells[64];
	unsigned found = 0;
	bool cleared = is_cleared(w, from);

	for (i = 0; i < n && found < ARRAY_SIZE(cells); i++) {
		struct cell *cell = &w->cells.at[i];

		if (cell->value && cell->address != from &&
		    is_below(cell->address, from)) {
			cells[found] = *cell;
			cells[found++].address = term_map(cell->address,
							  rebase_leaf, &rebase);
		}
	}
	drop_cells_below(w, to);
	if (cleared)
		VEC_PUSH(&w->cells, ((struct cell){ to, NULL }));
	for (i = 0; i < found; i++)
		VEC_PUSH(&w->cells, cells[i]);
	if (to->kind == TERM_LOCAL)
		work_set(w, to->n, NULL);
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
