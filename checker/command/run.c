// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck run: facts of all units of a kernel, then the answer. */

#include "allow.h"
#include "answer.h"
#include "cocci.h"
#include "command.h"
#include "commands.h"
#include "known.h"
#include "make_facts.h"
#include "output.h"
#include "setup.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>

struct options {
	struct input input;
	struct output output;
	const char *build, *kernel, *facts, *baseline;
	unsigned parallel;
	bool cocci;
	struct words patterns;
};

static const struct argp_option argp_options[] = {
	{ "build", 'b', "DIR", 0,
	  "The folder that the kernel is, or is to be, built in (default: this one)", 0 },
	{ "kernel", 'k', "DIR", 0,
	  "The kernel's source, if the build folder does not say", 0 },
	{ "jobs", 'j', "N", 0,
	  "Read N units at a time (default: as many as there are CPUs)", 0 },
	{ "facts", 'f', "DIR", 0,
	  "Keep the facts below DIR instead of beside the objects", 0 },
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
		state->child_inputs[1] = &options->output;
		state->child_inputs[2] = &options->baseline;
		return 0;
	case 'b':
		options->build = arg;
		return 0;
	case 'k':
		options->kernel = arg;
		return 0;
	case 'f':
		options->facts = arg;
		return 0;
	case 'C':
		options->cocci = true;
		return 0;
	case 'j':
		options->parallel = parse_jobs(arg, state);
		return 0;
	case ARGP_KEY_ARG:
		VEC_PUSH(&options->patterns, path_clean(arg));
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &input_argp, 0, NULL, 0 }, { &output_argp, 0, NULL, 0 },
	{ &known_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.options = argp_options, .parser = parse, .children = children,
	.args_doc = "[PATH...]",
	.doc = "Read every unit of a kernel that the contracts speak of, or those below each PATH, and say what is broken."
	       "\vThe compile commands come from compile_commands.json in the build folder, or from what kbuild left there and 'make -n' says: nothing has to be compiled.  Facts stay beside the objects; what has not changed is not read again.",
};

/* Says what could not be read; true if all could. */
static bool report_failed(const struct unit_files *units,
			  const struct made *made)
{
	bool all = true;
	unsigned i;

	for (i = 0; i < units->n; i++) {
		if (!made[i].failed)
			continue;
		fprintf(stderr, "mmucheck: %s: cannot be read: %s\n",
			units->at[i]->source, made[i].trouble);
		all = false;
	}
	return all;
}

static bool is_in_scope(const struct maker *maker, const char *path)
{
	unsigned i;

	for (i = 0; i < maker->scopes.n; i++)
		if (path_matches(maker->scopes.at[i], path))
			return true;
	return false;
}

static bool gather(struct options *options, const struct tree *tree,
		   bool *complete, struct error *err)
{
	struct unit_files units = { 0 };
	const char *partial;
	struct maker maker;
	struct made *made;
	unsigned i, foreign;

	if (!maker_set_up(&maker, tree, &options->input, options->facts, err))
		return false;
	/* What is asked for is looked into, though no contract speaks of it. */
	for (i = 0; i < options->patterns.n; i++)
		if (!is_in_scope(&maker, options->patterns.at[i]))
			VEC_PUSH(&maker.scopes, options->patterns.at[i]);
	if (!commands_find(tree, &maker.scopes, options->patterns.n
			   ? &options->patterns : &maker.scopes,
			   &units, &partial, err))
		return false;
	if (partial)
		fprintf(stderr, "mmucheck: %s: only what is built is read: %s\n",
			tree->build, partial);
	foreign = units_drop_foreign(&units, &maker);
	if (foreign)
		fprintf(stderr, "mmucheck: %s: %u units not judged: the contracts call them foreign\n",
			tree->build, foreign);
	for (i = 0; i < units.n; i++)
		unit_place(units.at[i], &maker);
	made = arena_array(&run_arena, struct made, units.n);
	if (!make_facts(&maker, &units, options->parallel, made, err))
		return false;
	*complete = report_failed(&units, made) && !partial;
	for (i = 0; i < units.n; i++)
		if (!made[i].failed)
			VEC_PUSH(&options->input.facts, units.at[i]->facts);
	return true;
}

static int run(int argc, char **argv)
{
	struct options options = { .build = ".", .parallel = cpus() };
	struct findings findings = { 0 };
	bool complete, whole;
	struct tree tree;
	struct error err;
	int status;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!tree_find(&tree, options.build, options.kernel, &err))
		return output_error(&err);
	options.input.kernel = tree.kernel;
	if (options.facts)
		tree.state = path_join(options.facts, ".mmucheck");
	if (!gather(&options, &tree, &complete, &err) ||
	    !answer_find(&options.input, path_join(tree.state, "answer"),
			 &findings, &err) ||
	    (options.cocci &&
	     !cocci_find(tree.kernel, options.patterns.at, options.patterns.n,
			 &findings, &complete, &err)))
		return output_error(&err);
	whole = complete && !options.patterns.n;
	if (!whole)
		allows_unreport(&findings);
	if (!known_leave_out(options.baseline, &findings, whole, &err))
		return output_error(&err);
	status = output_print(&options.output, &findings);
	return complete ? status : FAILED;
}

COMMAND(run, .name = "run", .run = run,
	.title = "read a kernel and say what is broken");
