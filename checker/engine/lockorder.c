// SPDX-License-Identifier: GPL-2.0-only

#include "lockorder.h"

#include <stdlib.h>
#include <string.h>

/*
 * Windows, debts and the like are held too, but they are no locks; and what a
 * CPU or a task has as often as it likes (interrupts off) has no place in an
 * order.
 */
static bool is_lock(const struct lock_class *cls)
{
	const struct flavour *flavour = cls->flavour;

	return flavour && !flavour->reentrant && !flavour->mark &&
	       (flavour->atomic || flavour->sleeps || flavour->shared);
}

static struct lock_use *use_of(struct lock_order *order,
			       const struct lock_class *cls)
{
	struct lock_use use = { .cls = cls };
	unsigned i;

	for (i = 0; i < order->locks.n; i++)
		if (order->locks.at[i].cls == cls)
			return &order->locks.at[i];
	VEC_PUSH(&order->locks, use);
	return &order->locks.at[order->locks.n - 1];
}

static struct lock_edge *edge_of(struct lock_order *order,
				 const struct lock_class *outer,
				 const struct lock_class *inner)
{
	struct lock_edge edge = { .outer = outer, .inner = inner };
	unsigned i;

	for (i = 0; i < order->edges.n; i++)
		if (order->edges.at[i].outer == outer &&
		    order->edges.at[i].inner == inner)
			return &order->edges.at[i];
	VEC_PUSH(&order->edges, edge);
	return &order->edges.at[order->edges.n - 1];
}

static bool is_before(const struct function *fn, unsigned line,
		      const struct function *than, unsigned than_line)
{
	int order = strcmp(fn->file, than->file);

	return order ? order < 0 : line < than_line;
}

static void add_place(struct lock_use *use, const struct function *fn,
		      unsigned line)
{
	struct lock_place place = { fn, line };
	unsigned i;

	for (i = 0; i < use->places.n; i++)
		if (use->places.at[i].line == line &&
		    use->places.at[i].fn->file == fn->file)
			return;
	VEC_PUSH(&use->places, place);
}

static void watch(void *data, const struct event *event)
{
	const struct function *fn = event->context->fn;
	struct lock_order *order = data;
	unsigned i;

	if (event->kind != EVENT_TAKE || !event->cls || !is_lock(event->cls))
		return;
	add_place(use_of(order, event->cls), fn, event->line);
	for (i = 0; i < event->work->holds.n; i++) {
		const struct lock_class *outer = event->work->holds.at[i].cls;
		struct lock_edge *edge;

		if (outer == event->cls || !is_lock(outer))
			continue;
		edge = edge_of(order, outer, event->cls);
		if (edge->fn &&
		    !is_before(fn, event->line, edge->fn, edge->line))
			continue;
		edge->fn = fn;
		edge->line = event->line;
	}
}

static void add_declared(struct lock_order *order,
			 const struct contracts *contracts)
{
	unsigned i;

	for (i = 0; i < contracts->orders.n; i++)
		edge_of(order, contracts->orders.at[i].outer,
			contracts->orders.at[i].inner)->row =
			contracts->orders.at[i].row;
	for (i = 0; i < order->edges.n; i++) {
		use_of(order, order->edges.at[i].outer);
		use_of(order, order->edges.at[i].inner);
	}
}

/* True if @to can be reached from @from by what was found. */
static bool leads_to(const struct lock_order *order,
		     const struct lock_class *from,
		     const struct lock_class *to, struct bits *seen)
{
	unsigned i;

	if (from == to)
		return true;
	if (!bit_set(seen, from->id))
		return false;
	for (i = 0; i < order->edges.n; i++)
		if (order->edges.at[i].outer == from && order->edges.at[i].fn &&
		    leads_to(order, order->edges.at[i].inner, to, seen))
			return true;
	return false;
}

static void find_circles(struct lock_order *order, unsigned classes)
{
	unsigned i;

	for (i = 0; i < order->edges.n; i++) {
		struct lock_edge *edge = &order->edges.at[i];
		struct bits seen = bits_new(classes);

		edge->circle = edge->fn && leads_to(order, edge->inner,
						    edge->outer, &seen);
	}
}

static int by_names(const void *x, const void *y)
{
	const struct lock_edge *a = x, *b = y;
	int order = strcmp(a->outer->name, b->outer->name);

	return order ? order : strcmp(a->inner->name, b->inner->name);
}

static int by_name(const void *x, const void *y)
{
	const struct lock_use *a = x, *b = y;

	return strcmp(a->cls->name, b->cls->name);
}

static int by_place(const void *x, const void *y)
{
	const struct lock_place *a = x, *b = y;

	if (is_before(a->fn, a->line, b->fn, b->line))
		return -1;
	return is_before(b->fn, b->line, a->fn, a->line);
}

static void sort(struct lock_order *order)
{
	unsigned i;

	if (order->edges.n)
		qsort(order->edges.at, order->edges.n,
		      sizeof(*order->edges.at), by_names);
	if (order->locks.n)
		qsort(order->locks.at, order->locks.n,
		      sizeof(*order->locks.at), by_name);
	for (i = 0; i < order->locks.n; i++) {
		struct lock_use *use = &order->locks.at[i];

		if (use->places.n)
			qsort(use->places.at, use->places.n,
			      sizeof(*use->places.at), by_place);
	}
}

struct lock_order *lock_order_find(const struct analysis *analysis)
{
	struct lock_order *order = arena_new(&run_arena, struct lock_order);

	replay(analysis->solver, watch, order);
	add_declared(order, analysis->contracts);
	find_circles(order, analysis->contracts->classes.n);
	sort(order);
	return order;
}
