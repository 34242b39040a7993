// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck graph: which lock is taken inside which, as it was found. */

#include "command.h"
#include "input.h"
#include "output.h"
#include "path.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct options {
	struct input input;
	bool svg;
};

static const struct argp_option argp_options[] = {
	{ "svg", 's', NULL, 0,
	  "Draw it, with Graphviz' dot; without this it is told in DOT", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		return 0;
	case 's':
		options->svg = true;
		return 0;
	case ARGP_KEY_ARG:
		VEC_PUSH(&options->input.facts, arg);
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "no facts given: expected files or folders with *.facts");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &input_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.options = argp_options, .parser = parse, .children = children,
	.args_doc = INPUT_ARGS,
	.doc = "Print the order of locks as it was found in the code: an arrow from the outer lock to the inner one, with one place where it is so.  Dashed: declared in a contract and not met in these facts.  Red: part of a circle.",
};

struct edge {
	const struct lock_class *outer, *inner;
	const struct function *fn;	/* where, NULL: only declared */
	unsigned line;
	bool circle;
};

struct edges {
	struct edge *at;
	unsigned n, cap;
};

/*
 * Windows, debts and the like are held too, but they are no locks; and what a
 * CPU or a task has as often as it likes (interrupts off) has no place in an
 * order.
 */
static bool is_lock(const struct lock_class *cls)
{
	const struct flavour *flavour = cls->flavour;

	return flavour && !flavour->reentrant &&
	       (flavour->atomic || flavour->sleeps || flavour->shared);
}

static struct edge *edge_of(struct edges *edges, const struct lock_class *outer,
			    const struct lock_class *inner)
{
	struct edge edge = { .outer = outer, .inner = inner };
	unsigned i;

	for (i = 0; i < edges->n; i++)
		if (edges->at[i].outer == outer && edges->at[i].inner == inner)
			return &edges->at[i];
	VEC_PUSH(edges, edge);
	return &edges->at[edges->n - 1];
}

static bool is_before(const struct function *fn, unsigned line,
		      const struct edge *edge)
{
	int order = strcmp(fn->file, edge->fn->file);

	return order ? order < 0 : line < edge->line;
}

static void watch(void *data, const struct event *event)
{
	struct edges *edges = data;
	unsigned i;

	if (event->kind != EVENT_TAKE || !event->cls || !is_lock(event->cls))
		return;
	for (i = 0; i < event->work->holds.n; i++) {
		const struct lock_class *outer = event->work->holds.at[i].cls;
		const struct function *fn = event->context->fn;
		struct edge *edge;

		if (outer == event->cls || !is_lock(outer))
			continue;
		edge = edge_of(edges, outer, event->cls);
		if (edge->fn && !is_before(fn, event->line, edge))
			continue;
		edge->fn = fn;
		edge->line = event->line;
	}
}

static void add_declared(struct edges *edges, const struct contracts *contracts)
{
	unsigned i;

	for (i = 0; i < contracts->orders.n; i++)
		edge_of(edges, contracts->orders.at[i].outer,
			contracts->orders.at[i].inner);
}

/* True if @to can be reached from @from by what was found. */
static bool leads_to(const struct edges *edges, const struct lock_class *from,
		     const struct lock_class *to, struct bits *seen)
{
	unsigned i;

	if (from == to)
		return true;
	if (!bit_set(seen, from->id))
		return false;
	for (i = 0; i < edges->n; i++)
		if (edges->at[i].outer == from && edges->at[i].fn &&
		    leads_to(edges, edges->at[i].inner, to, seen))
			return true;
	return false;
}

static void find_circles(struct edges *edges, unsigned classes)
{
	unsigned i;

	for (i = 0; i < edges->n; i++) {
		struct edge *edge = &edges->at[i];
		struct bits seen = bits_new(classes);

		edge->circle = edge->fn && leads_to(edges, edge->inner,
						    edge->outer, &seen);
	}
}

static int by_names(const void *x, const void *y)
{
	const struct edge *a = x, *b = y;
	int order = strcmp(a->outer->name, b->outer->name);

	return order ? order : strcmp(a->inner->name, b->inner->name);
}

static void print_edge(FILE *out, const struct edge *edge)
{
	fprintf(out, "\t\"%s\" -> \"%s\"", edge->outer->name,
		edge->inner->name);
	if (!edge->fn)
		fputs(" [style=dashed]", out);
	else
		fprintf(out, " [label=\"%s:%u\\n%s()\"%s]",
			path_base(edge->fn->file), edge->line, edge->fn->name,
			edge->circle ? ", color=red" : "");
	fputs(";\n", out);
}

static void print_graph(FILE *out, const struct edges *edges)
{
	unsigned i;

	fputs("digraph locks {\n"
	      "\tnode [shape=box, fontname=\"sans-serif\"];\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=9];\n", out);
	for (i = 0; i < edges->n; i++)
		print_edge(out, &edges->at[i]);
	fputs("}\n", out);
}

static bool draw(const struct edges *edges, bool svg, struct error *err)
{
	FILE *out = stdout;
	int status;

	if (!svg) {
		print_graph(out, edges);
		return true;
	}
	signal(SIGPIPE, SIG_IGN);	/* that it is not there is told below */
	out = popen("command -v dot >/dev/null && exec dot -Tsvg", "w");
	if (!out)
		return error_set(err, "dot: %s", strerror(errno));
	print_graph(out, edges);
	status = pclose(out);
	return !status ||
	       error_set(err, "'dot -Tsvg' failed: --svg needs Graphviz");
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	struct edges edges = { 0 };
	struct error err;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err))
		return output_error(&err);
	replay(analysis->solver, watch, &edges);
	add_declared(&edges, analysis->contracts);
	find_circles(&edges, analysis->contracts->classes.n);
	if (edges.n)
		qsort(edges.at, edges.n, sizeof(*edges.at), by_names);
	if (!draw(&edges, options.svg, &err))
		return output_error(&err);
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(graph, .name = "graph", .run = run,
	.title = "print the order of locks as it was found");
