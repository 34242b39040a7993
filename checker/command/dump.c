// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck dump: what the solver knows of a function, for whoever works on it. */

#include "command.h"
#include "input.h"
#include "output.h"

#include <string.h>

struct options {
	struct input input;
	const char *function;
	bool nodes;
};

static const struct argp_option argp_options[] = {
	{ "nodes", 'n', NULL, 0,
	  "Show the states inside of the function as well", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		return 0;
	case 'n':
		options->nodes = true;
		return 0;
	case ARGP_KEY_ARG:
		if (!options->function)
			options->function = arg;
		else
			VEC_PUSH(&options->input.facts, arg);
		return 0;
	case ARGP_KEY_END:
		if (!options->input.facts.n)
			argp_error(state, "expected a function and facts");
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
	.args_doc = "FUNCTION " INPUT_ARGS,
	.doc = "Print the states that FUNCTION is entered in and left with, as the solver sees them.",
};

static const char *term_text(const struct function *fn, const struct term *term)
{
	static char text[300];

	if (!term)
		return "-";
	term_print(fn, term, text, sizeof(text));
	return text;
}

static void print_hold(const struct function *fn, const struct hold *hold)
{
	printf(" %s:%s/%u%s%s[%s]", hold->cls->name, mode_name(hold->mode),
	       hold->depth, hold->many ? "*" : "", hold->frame ? "f" : "",
	       term_text(fn, hold->at));
}

static void print_known(const struct function *fn, const struct known *known)
{
	printf(" known %s in %lld..%lld%s", term_text(fn, known->term),
	       (long long)known->range.low, (long long)known->range.high,
	       known->range.nonzero ? " !0" : "");
}

static void print_state(const struct function *fn, const struct state *state)
{
	unsigned i;

	for (i = 0; i < state->nholds; i++)
		print_hold(fn, &state->holds[i]);
	printf(" |");
	for (i = 0; i < state->nvals; i++)
		printf(" v%u=%s", state->vals[i].var,
		       term_text(fn, state->vals[i].value));
	for (i = 0; i < state->ncells; i++) {
		printf(" cell %s=", term_text(fn, state->cells[i].address));
		printf("%s", state->cells[i].value
		       ? term_text(fn, state->cells[i].value) : "0");
	}
	for (i = 0; i < state->nknown; i++)
		print_known(fn, &state->knowns[i]);
	if (state->ret)
		printf(" ret %s", term_text(fn, state->ret));
	printf("\n");
}

static void print_nodes(const struct context *context)
{
	unsigned i;

	for (i = 0; i < context->nodes.n; i++) {
		const struct node *node = context->nodes.at[i];

		printf("   node b%u i%u from ", node->block, node->insn);
		if (node->pred)
			printf("b%u:", node->pred->block);
		else
			printf("-:");
		print_state(context->fn, node->state);
	}
}

static void print_context(const struct context *context, bool nodes)
{
	unsigned i;

	printf("context %u%s from %s:", context->id,
	       context->root ? " root" : "",
	       context->first ? context->first->context->fn->name : "-");
	print_state(context->fn, context->entry);
	for (i = 0; i < context->exits.n; i++) {
		printf("   exit");
		print_state(context->fn, context->exits.at[i]->state);
	}
	if (nodes)
		print_nodes(context);
}

static void print_function(const struct info *info, bool nodes)
{
	unsigned i;

	printf("%s: moves %u sleeps %u precise %u called %u escapes %s\n",
	       info->fn->name, info->moves, info->sleeps, info->precise,
	       info->called, info->escapes ? info->escapes : "-");
	for (i = 0; i < info->contexts.n; i++)
		print_context(info->contexts.at[i], nodes);
}

static bool print_all(const struct analysis *analysis,
		      const struct options *options, struct error *err)
{
	const struct link *link = analysis->solver->link;
	bool found = false;
	unsigned i;

	for (i = 0; i < link->n; i++) {
		if (strcmp(link->functions[i]->name, options->function))
			continue;
		print_function(info_of(link->functions[i]), options->nodes);
		found = true;
	}
	if (found)
		return true;
	return error_set(err, "%s: no such function in the facts",
			 options->function);
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	struct error err;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err) ||
	    !print_all(analysis, &options, &err))
		return output_error(&err);
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(dump, .name = "dump", .run = run,
	.title = "print the states of a function as the solver sees them");
