// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck graph: which lock is taken inside which, as it was found. */

#include "command.h"
#include "input.h"
#include "lockorder.h"
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

	(void)arg;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		return 0;
	case 's':
		options->svg = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &facts_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.options = argp_options, .parser = parse, .children = children,
	.args_doc = INPUT_ARGS,
	.doc = "Print the order of locks as it was found in the code: an arrow from the outer lock to the inner one, with one place where it is so.  Dashed: declared in a contract and not met in these facts.  Red: part of a circle.",
};

static void print_edge(FILE *out, const struct lock_edge *edge)
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

static void print_graph(FILE *out, const struct lock_order *order)
{
	unsigned i;

	fputs("digraph locks {\n"
	      "\tnode [shape=box, fontname=\"sans-serif\"];\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=9];\n", out);
	for (i = 0; i < order->edges.n; i++)
		print_edge(out, &order->edges.at[i]);
	fputs("}\n", out);
}

static bool draw(const struct lock_order *order, bool svg, struct error *err)
{
	FILE *out = stdout;
	int status;

	if (!svg) {
		print_graph(out, order);
		return true;
	}
	signal(SIGPIPE, SIG_IGN);	/* that it is not there is told below */
	out = popen("command -v dot >/dev/null && exec dot -Tsvg", "w");
	if (!out)
		return error_set(err, "dot: %s", strerror(errno));
	print_graph(out, order);
	status = pclose(out);
	return !status ||
	       error_set(err, "'dot -Tsvg' failed: --svg needs Graphviz");
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	struct lock_order *order;
	struct error err;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err))
		return output_error(&err);
	order = lock_order_find(analysis);
	if (!draw(order, options.svg, &err))
		return output_error(&err);
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(graph, .name = "graph", .run = run,
	.title = "print the order of locks as it was found");
