// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck analyze: from facts to findings. */

#include "command.h"
#include "input.h"
#include "known.h"
#include "output.h"

struct options {
	struct input input;
	struct output output;
	const char *baseline;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	(void)arg;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		state->child_inputs[1] = &options->output;
		state->child_inputs[2] = &options->baseline;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &facts_argp, 0, NULL, 0 }, { &output_argp, 0, NULL, 0 },
	{ &known_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.parser = parse, .args_doc = INPUT_ARGS, .children = children,
	.doc = "Say what the facts in these files, or below these folders, tell of broken contracts.",
};

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	struct error err;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err) ||
	    !known_leave_out(options.baseline, &analysis->findings, true, &err))
		return output_error(&err);
	return output_print(&options.output, &analysis->findings);
}

COMMAND(analyze, .name = "analyze", .run = run,
	.title = "say what facts that were made before tell");
