// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck diff: what is new in HEAD, what of BASE is fixed, what is still there. */

#include "answer.h"
#include "command.h"
#include "identity.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

struct options {
	struct input input;
	struct output output;
	const char *base, *head;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		state->child_inputs[1] = &options->output;
		return 0;
	case ARGP_KEY_ARG:
		if (!options->base)
			options->base = arg;
		else if (!options->head)
			options->head = arg;
		else
			argp_error(state, "%s: expected two states, BASE and HEAD",
				   arg);
		return 0;
	case ARGP_KEY_END:
		if (!options->head)
			argp_error(state, "expected two states, BASE and HEAD");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &input_argp, 0, NULL, 0 }, { &output_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.parser = parse, .children = children, .args_doc = "BASE HEAD",
	.doc = "Say which findings HEAD has that BASE has not.  Each is a folder with facts, one file of facts, or a file with what --format=json printed."
	       "\vA finding is known again by its rule, its function and its words, not by its line or its file; of several that are alike each counts.  Exit status: 1 if something is new.",
};

static int run(int argc, char **argv)
{
	struct findings base = { 0 }, head = { 0 }, added, fixed;
	struct options options = { 0 };
	struct error err;
	int status;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!answer_read(&options.input, options.base, &base, &err) ||
	    !answer_read(&options.input, options.head, &head, &err))
		return output_error(&err);
	added = findings_without(&head, &base);
	fixed = findings_without(&base, &head);
	status = output_print(&options.output, &added);
	fprintf(stderr, "mmucheck: %u new, %u fixed, %u still there\n",
		added.all.n, fixed.all.n, head.all.n - added.all.n);
	return status;
}

COMMAND(diff, .name = "diff", .run = run,
	.title = "say what is new between two states of a tree");
