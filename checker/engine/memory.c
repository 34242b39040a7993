// SPDX-License-Identifier: GPL-2.0-only
/* Memory along one path. */

#include "link.h"
#include "state.h"

#define MAX_CELLS	200
#define FRESH_IN_CELL	0x1000000u	/* number of the first such value */
#define MAX_ADDRESS	10	/* members and pointers on the way to a place */

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

bool work_is_cleared(struct work *w, const struct term *address)
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
	if (w->cells.n && work_is_cleared(w, address))
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
	bool cleared = work_is_cleared(w, from);

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
