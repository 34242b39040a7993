// SPDX-License-Identifier: GPL-2.0-only
/* The order of locks as SVG: all of it, and each lock with its neighbours. */

#include "html.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>

/* As much of @text as there is room for. */
static void short_text(FILE *out, const char *text, unsigned room)
{
	if (strlen(text) <= room) {
		html_text(out, text);
	} else {
		html_text_n(out, text, room - 1);
		fputs("&#8230;", out);
	}
}

static void link_to_lock(FILE *out, const struct lock_class *cls)
{
	fputs("<a href=\"#", out);
	html_name(out, cls->name);
	fputs("\">", out);
}

static const char *looks_of(const struct lock_edge *edge)
{
	return edge->circle ? "circle" : edge->fn ? "found" : "declared";
}

/* One lock: what is outside stands above it, what is inside below. */

#define ROW	46
#define BOX	38
#define WIDTH	340
#define RAIL	12

static void draw_neighbour(FILE *out, const struct lock_edge *edge,
			   const struct lock_class *cls, unsigned y)
{
	char text[300];

	link_to_lock(out, cls);
	fprintf(out, "<rect class=\"box %s\" x=30 y=%u width=%u height=%u rx=7 /><text x=42 y=%u class=name>",
		looks_of(edge), y, WIDTH - 31, BOX, y + 16);
	short_text(out, cls->name, 38);
	fprintf(out, "</text><text x=42 y=%u class=at>", y + 30);
	if (edge->fn)
		snprintf(text, sizeof(text), "%s:%u %s()",
			 path_base(edge->fn->file), edge->line, edge->fn->name);
	else
		snprintf(text, sizeof(text), "%s:%u", edge->row->file,
			 edge->row->line);
	short_text(out, text, 46);
	fputs("</text></a>\n", out);
}

static unsigned count(const struct lock_order *order,
		      const struct lock_class *cls, bool outer)
{
	unsigned i, n = 0;

	for (i = 0; i < order->edges.n; i++)
		n += (outer ? order->edges.at[i].inner
			    : order->edges.at[i].outer) == cls;
	return n;
}

static void draw_side(const struct lock_order *order,
		      const struct lock_class *cls, bool outer, unsigned y,
		      unsigned from, FILE *out)
{
	unsigned i;

	for (i = 0; i < order->edges.n; i++) {
		const struct lock_edge *edge = &order->edges.at[i];
		unsigned middle = y + BOX / 2;

		if ((outer ? edge->inner : edge->outer) != cls)
			continue;
		if (outer)
			fprintf(out, "<path class=\"way %s\" d=\"M30 %uH%uV%u\" marker-end=\"url(#tip)\"/>",
				looks_of(edge), middle, RAIL, from - 3);
		else
			fprintf(out, "<path class=\"way %s\" d=\"M%u %uV%uH27\" marker-end=\"url(#tip)\"/>",
				looks_of(edge), RAIL, from, middle);
		draw_neighbour(out, edge, outer ? edge->outer : edge->inner, y);
		y += ROW;
	}
}

void html_draw_lock(const struct lock_order *order,
		    const struct lock_class *cls, FILE *out)
{
	unsigned above = count(order, cls, true) * ROW;
	unsigned below = count(order, cls, false) * ROW;

	fprintf(out, "<svg class=rail viewBox=\"0 0 %u %u\" role=img aria-label=\"order of ",
		WIDTH, above + BOX + below + 2);
	html_text(out, cls->name);
	fputs("\">\n", out);
	draw_side(order, cls, true, 1, above + 1, out);
	draw_side(order, cls, false, above + ROW + 1, above + 1 + BOX, out);
	fprintf(out, "<rect class=\"box self\" x=1 y=%u width=%u height=%u rx=7 /><text x=16 y=%u class=name>",
		above + 1, WIDTH - 2, BOX, above + 24);
	short_text(out, cls->name, 40);
	fputs("</text>\n</svg>\n", out);
}

/* All of them, from left to right */

#define COLUMN	262
#define LINE	38
#define LONG	212
#define HIGH	28
#define GAP	(LINE - HIGH)
#define LANE	18		/* of an arrow that goes past */

/* A lock, or where an arrow goes past the column @level. */
struct lock_box {
	const struct lock_class *cls;	/* NULL: an arrow */
	unsigned edge;			/* that one */
	unsigned level;			/* the column */
	double place;			/* in it, while it is sought */
	unsigned pulls;			/* what the place is the middle of */
	unsigned y, middle;
};

struct drawing {
	const struct lock_order *order;
	struct lock_box *nodes;
	unsigned n, columns, height;
	bool *shown;			/* by edge: it does not follow from others */
	bool *forward;			/* it leads to the right */
};

static unsigned node_of(const struct drawing *d, const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < d->n; i++)
		if (d->nodes[i].cls == cls)
			break;
	return i;
}

static void collect(struct drawing *d)
{
	const struct lock_order *order = d->order;
	unsigned i;

	d->nodes = arena_array(&run_arena, struct lock_box, order->locks.n + 1);
	for (i = 0; i < order->locks.n; i++) {
		const struct lock_class *cls = order->locks.at[i].cls;

		if (count(order, cls, true) || count(order, cls, false))
			d->nodes[d->n++].cls = cls;
	}
}

/* True if one gets from @from to @to by forward arrows other than @but. */
static bool gets_to(const struct drawing *d, const struct lock_class *from,
		    const struct lock_class *to, const struct lock_edge *but,
		    struct bits *seen)
{
	unsigned i;

	if (from == to)
		return true;
	if (!bit_set(seen, node_of(d, from)))
		return false;
	for (i = 0; i < d->order->edges.n; i++) {
		const struct lock_edge *edge = &d->order->edges.at[i];

		if (d->forward[i] && edge != but && edge->outer == from &&
		    gets_to(d, edge->inner, to, but, seen))
			return true;
	}
	return false;
}

static void choose_edges(struct drawing *d)
{
	const struct lock_order *order = d->order;
	unsigned i;

	d->shown = arena_array(&run_arena, bool, order->edges.n + 1);
	for (i = 0; i < order->edges.n; i++) {
		const struct lock_edge *edge = &order->edges.at[i];
		struct bits seen = bits_new(d->n);

		d->shown[i] = edge->circle || !d->forward[i] ||
			      !gets_to(d, edge->outer, edge->inner, edge, &seen);
	}
}

/* Of a circle all arrows but those that close it lead to the right. */
static void choose_directions(struct drawing *d)
{
	const struct lock_order *order = d->order;
	unsigned i, circle;

	d->forward = arena_array(&run_arena, bool, order->edges.n + 1);
	for (circle = 0; circle < 2; circle++)
		for (i = 0; i < order->edges.n; i++) {
			const struct lock_edge *edge = &order->edges.at[i];

			struct bits seen = bits_new(d->n);

			if (edge->circle == circle)
				d->forward[i] = !gets_to(d, edge->inner,
							 edge->outer, NULL,
							 &seen);
		}
}

/* What is taken inside something stands further right than that. */
static void choose_columns(struct drawing *d)
{
	unsigned round, i;

	for (round = 0; round < d->n; round++)
		for (i = 0; i < d->order->edges.n; i++) {
			const struct lock_edge *edge = &d->order->edges.at[i];
			struct lock_box *outer = &d->nodes[node_of(d, edge->outer)];
			struct lock_box *inner = &d->nodes[node_of(d, edge->inner)];

			if (d->forward[i] && inner->level <= outer->level)
				inner->level = outer->level + 1;
		}
	for (i = 0; i < d->n; i++)
		if (d->nodes[i].level >= d->columns)
			d->columns = d->nodes[i].level + 1;
}

static void add_passing(struct drawing *d, unsigned edge)
{
	const struct lock_edge *e = &d->order->edges.at[edge];
	unsigned from = d->nodes[node_of(d, e->outer)].level;
	unsigned to = d->nodes[node_of(d, e->inner)].level;
	unsigned left = from < to ? from : to, right = from < to ? to : from;

	for (left++; left < right; left++)
		d->nodes[d->n++] = (struct lock_box){ .edge = edge, .level = left };
}

/* An arrow over several columns has a lane of its own in each that it passes. */
static void add_lanes(struct drawing *d)
{
	unsigned edges = d->order->edges.n, i;
	struct lock_box *nodes = arena_array(&run_arena, struct lock_box,
					     d->n + edges * d->columns + 1);

	memcpy(nodes, d->nodes, d->n * sizeof(*nodes));
	d->nodes = nodes;
	for (i = 0; i < edges; i++)
		if (d->shown[i])
			add_passing(d, i);
}

/* Where arrow @edge is in column @level. */
static struct lock_box *stop_of(const struct drawing *d, unsigned edge,
				unsigned level)
{
	const struct lock_edge *e = &d->order->edges.at[edge];
	unsigned i;

	for (i = 0; i < d->n; i++) {
		struct lock_box *box = &d->nodes[i];

		if (box->level == level &&
		    (box->cls ? box->cls == e->outer || box->cls == e->inner
			      : box->edge == edge))
			return box;
	}
	return NULL;
}

static void pull_at(struct lock_box *a, struct lock_box *b)
{
	a->place += b->middle;
	b->place += a->middle;
	a->pulls++;
	b->pulls++;
}

/* Each goes to the middle of what is next to it on its arrows. */
static void pull(struct drawing *d)
{
	unsigned i, level;

	for (i = 0; i < d->n; i++)
		d->nodes[i].place = d->nodes[i].pulls = 0;
	for (i = 0; i < d->order->edges.n; i++)
		for (level = 1; d->shown[i] && level < d->columns; level++) {
			struct lock_box *a = stop_of(d, i, level - 1);
			struct lock_box *b = stop_of(d, i, level);

			if (a && b)
				pull_at(a, b);
		}
	for (i = 0; i < d->n; i++)
		d->nodes[i].place = d->nodes[i].pulls
			? d->nodes[i].place / d->nodes[i].pulls
			: d->nodes[i].middle;
}

static int by_place(const void *x, const void *y)
{
	const struct lock_box *a = x, *b = y;

	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if (!a->cls || !b->cls)
		return a->cls ? -1 : b->cls ? 1 : a->edge < b->edge ? -1 : 1;
	return strcmp(a->cls->name, b->cls->name);
}

static unsigned height_of(const struct lock_box *box)
{
	return box->cls ? LINE : LANE;
}

/* The first behind @from that is not in its column; *@height: what they take. */
static unsigned end_of_column(const struct drawing *d, unsigned from,
			      unsigned *height)
{
	unsigned i = from;

	for (*height = 0; i < d->n && d->nodes[i].level == d->nodes[from].level; i++)
		*height += height_of(&d->nodes[i]);
	return i;
}

/* Columns are centred: a short one is beside what it has arrows with. */
static void settle(struct drawing *d)
{
	unsigned i, from, end, y, height;

	qsort(d->nodes, d->n, sizeof(*d->nodes), by_place);
	for (from = 0; from < d->n; from = end) {
		end = end_of_column(d, from, &height);
		if (d->height < height)
			d->height = height;
	}
	for (from = 0; from < d->n; from = end) {
		end = end_of_column(d, from, &height);
		y = (d->height - height) / 2;
		for (i = from; i < end; i++) {
			d->nodes[i].y = y;
			d->nodes[i].middle = y + (height_of(&d->nodes[i]) - GAP) / 2;
			y += height_of(&d->nodes[i]);
		}
	}
}

/* From the side that looks where it leads to, past columns, to the near side. */
static void draw_way(const struct drawing *d, unsigned edge, FILE *out)
{
	const struct lock_edge *e = &d->order->edges.at[edge];
	const struct lock_box *at = &d->nodes[node_of(d, e->outer)];
	unsigned last = d->nodes[node_of(d, e->inner)].level;
	bool right = last > at->level;

	fprintf(out, "M%u %u", at->level * COLUMN + (right ? LONG : 0), at->middle);
	while (at->level != last) {
		const struct lock_box *next = stop_of(d, edge, at->level + (right ? 1 : -1));
		unsigned x1 = at->level * COLUMN + (right ? LONG : 0);
		unsigned x2 = next->level * COLUMN + (right ? 0 : LONG);
		unsigned bend = (x1 + x2) / 2;

		if (next->level == last)
			x2 += right ? -4 : 4;
		fprintf(out, "C%u %u %u %u %u %u", bend, at->middle, bend,
			next->middle, x2, next->middle);
		if (next->level != last)
			fprintf(out, "H%u", next->level * COLUMN + (right ? LONG : 0));
		at = next;
	}
}

static void draw_edge(const struct drawing *d, unsigned edge, FILE *out)
{
	const struct lock_edge *e = &d->order->edges.at[edge];

	fprintf(out, "<path class=\"way %s\" data-from=\"", looks_of(e));
	html_name(out, e->outer->name);
	fputs("\" data-to=\"", out);
	html_name(out, e->inner->name);
	fputs("\" d=\"", out);
	draw_way(d, edge, out);
	fputs("\" marker-end=\"url(#tip)\"/>\n", out);
}

static void draw_node(const struct lock_box *node, FILE *out)
{
	unsigned x = node->level * COLUMN;

	fputs("<g class=node data-lock=\"", out);
	html_name(out, node->cls->name);
	fputs("\">", out);
	link_to_lock(out, node->cls);
	fputs("<title>", out);
	html_text(out, node->cls->name);
	fprintf(out, "</title><rect class=box x=%u y=%u width=%u height=%u rx=7 /><text x=%u y=%u class=name>",
		x, node->y, LONG, HIGH, x + 10, node->y + 18);
	short_text(out, node->cls->name, 30);
	fputs("</text></a></g>\n", out);
}

static void draw_tip(FILE *out)
{
	fputs("<defs><marker id=tip viewBox=\"0 0 8 8\" refX=6 refY=4 markerWidth=7 markerHeight=7 orient=auto>"
	      "<path d=\"M0 0L8 4L0 8Z\" fill=\"context-stroke\"/></marker></defs>\n", out);
}

void html_draw_order(const struct lock_order *order, FILE *out)
{
	struct drawing d = { .order = order };
	unsigned i, round;

	collect(&d);
	choose_directions(&d);
	choose_edges(&d);
	choose_columns(&d);
	add_lanes(&d);
	settle(&d);
	for (round = 0; round < 8; round++) {
		pull(&d);
		settle(&d);
	}
	fprintf(out, "<svg class=all width=%u height=%u viewBox=\"-2 -2 %u %u\" role=img aria-label=\"the order of all locks\">\n",
		d.columns * COLUMN, d.height + 4,
		d.columns * COLUMN, d.height + 4);
	draw_tip(out);
	for (i = 0; i < order->edges.n; i++)
		if (d.shown[i])
			draw_edge(&d, i, out);
	for (i = 0; i < d.n; i++)
		if (d.nodes[i].cls)
			draw_node(&d.nodes[i], out);
	fputs("</svg>\n", out);
}
