// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck baseline: write down what is known, or drop what is gone. */

#include "answer.h"
#include "baseline.h"
#include "command.h"
#include "known.h"
#include "output.h"
#include "path.h"

struct options {
	struct input input;
	const char *file, *state;
	bool add;
};

static const struct argp_option argp_options[] = {
	{ "add", 'a', NULL, 0,
	  "Take in what is new as well; without this it is only counted", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		return 0;
	case 'a':
		options->add = true;
		return 0;
	case ARGP_KEY_ARG:
		if (!options->file)
			options->file = arg;
		else if (!options->state)
			options->state = arg;
		else
			argp_error(state, "%s: expected a file and one state",
				   arg);
		return 0;
	case ARGP_KEY_END:
		if (!options->state)
			argp_error(state, "expected the file to write and what is found today");
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
	.args_doc = "FILE STATE",
	.doc = "Write the findings of STATE to FILE, for --baseline: a folder with facts, one file of facts, or a file with what --format=json printed.  From a FILE that is there what is no longer found is dropped."
	       "\vOne line is one finding, whatever line it is on; lines are sorted and merge as text.  Exit status: 1 if STATE has what FILE is not to know.",
};

static int run(int argc, char **argv)
{
	struct findings findings = { 0 };
	struct baseline before = { 0 };
	struct options options = { 0 };
	struct error err;
	bool first;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	first = !is_file(options.file);
	if ((!first && !baseline_read(&before, options.file, &err)) ||
	    !answer_read(&options.input, options.state, &findings, &err))
		return output_error(&err);
	baseline_divide(&before, &findings);
	options.add |= first;
	if (!baseline_write(options.file, &findings, options.add, &err))
		return output_error(&err);
	fprintf(stderr, "mmucheck: %s: %u known, %u dropped, %u new%s\n",
		options.file, findings.known.n,
		before.ids.n - findings.known.n, findings.all.n,
		!findings.all.n ? "" : options.add ? " and taken in"
						: ", not taken in (--add does)");
	return findings.all.n && !options.add ? FOUND : NOTHING_FOUND;
}

COMMAND(baseline, .name = "baseline", .run = run,
	.title = "write down which findings are known");
