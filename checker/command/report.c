// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck report: what was found, as pages to be read. */

#include "cocci.h"
#include "command.h"
#include "html.h"
#include "input.h"
#include "known.h"
#include "output.h"
#include "path.h"
#include "tree.h"


struct options {
	struct input input;
	const char *html, *kernel, *baseline;
	bool cocci;
};

enum { KEY_HTML = 0x100 };

static const struct argp_option argp_options[] = {
	{ "html", KEY_HTML, "DIR", 0,
	  "Write pages to DIR; a report that is there is replaced", 0 },
	{ "kernel", 'k', "DIR", 0,
	  "The kernel's source, if the build folder does not say", 0 },
	{ "cocci", 'C', NULL, 0,
	  "Run the rules in SmPL too, by spatch; what both find is told once", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		state->child_inputs[1] = &options->baseline;
		return 0;
	case KEY_HTML:
		options->html = arg;
		return 0;
	case 'C':
		options->cocci = true;
		return 0;
	case 'k':
		options->kernel = arg;
		return 0;
	case ARGP_KEY_END:
		if (!options->html)
			argp_error(state, "expected --html DIR");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &facts_argp, 0, NULL, 0 }, { &known_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.options = argp_options, .parser = parse, .children = children,
	.args_doc = INPUT_ARGS,
	.doc = "Write what is found as a folder of pages: each finding with the code and what is held on the way, every lock with its order, every assert with its verdict."
	       "\vThe pages need no network and no server: open index.html.  The same facts and source give the same pages.",
};

/* Facts beside the objects: the build folder knows where the source is. */
static const char *find_kernel(const struct options *options)
{
	struct error err;
	struct tree tree;

	if (options->kernel)
		return options->kernel;
	if (is_folder(options->input.facts.at[0]) &&
	    tree_find(&tree, options->input.facts.at[0], NULL, &err))
		return tree.kernel;
	return NULL;
}

/* What the rules in SmPL find, and what is known of it all. */
static bool add_and_divide(const struct options *options,
			   struct findings *findings, bool *complete,
			   struct error *err)
{
	if (options->cocci && !options->input.kernel)
		return error_set(err, "--cocci: expected the kernel's source: --kernel DIR says where it is");
	return (!options->cocci ||
		cocci_find(options->input.kernel, NULL, 0, findings, complete,
			   err)) &&
	       known_leave_out(options->baseline, findings, *complete, err);
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	bool complete = true;
	unsigned missing, n;
	struct error err;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	options.input.kernel = find_kernel(&options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err) ||
	    !add_and_divide(&options, &analysis->findings, &complete, &err) ||
	    !html_report(analysis, options.input.kernel, options.html,
			 &missing, &err))
		return output_error(&err);
	n = analysis->findings.all.n;
	if (missing)
		fprintf(stderr, "mmucheck: the source of %u files is not here: --kernel DIR says where it is\n",
			missing);
	fprintf(stderr, "mmucheck: %s: %u finding%s\n",
		path_join(options.html, "index.html"), n, n == 1 ? "" : "s");
	if (!complete)
		return FAILED;
	return n ? FOUND : NOTHING_FOUND;
}

COMMAND(report, .name = "report", .run = run,
	.title = "write what is found as pages to be read");
