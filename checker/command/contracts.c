// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck contracts: what functions ask for, and what their callers do hold. */

#include "annotate.h"
#include "command.h"
#include "input.h"
#include "json.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

struct options {
	struct input input;
	const char *function;
	bool json, asserts;
	VEC(const char *) below;
	struct annotate annotate;
};

enum { KEY_JSON = 0x100, KEY_IN, KEY_ANNOTATE, KEY_AUTHOR, KEY_ASSERTS,
       KEY_MAINLINE, KEY_LIMITS };

static const struct argp_option argp_options[] = {
	{ "function", 'f', "NAME", 0, "Only this function", 0 },
	{ "in", KEY_IN, "PATTERN", 0,
	  "Only functions in this folder, or files of this pattern; may be given more than once", 0 },
	{ "annotate", KEY_ANNOTATE, "FOLDER", 0,
	  "Write what was proved as patches to the source into this folder", 1 },
	{ "asserts", KEY_ASSERTS, NULL, 0,
	  "Print what was proved as the list that cocci/lockdep-assert.cocci reads", 1 },
	{ "kernel", 'k', "DIR", 0,
	  "With --annotate: the source (default: this folder)", 1 },
	{ "author", KEY_AUTHOR, "NAME <ADDRESS>", 0,
	  "With --annotate: whom the patches are from", 1 },
	{ "limits", KEY_LIMITS, "FILE", 0,
	  "With --annotate: say in the patches what Clang's own analysis cannot follow there, as FILE has it", 1 },
	{ "mainline", KEY_MAINLINE, NULL, 0,
	  "With --annotate: for the context analysis of Linux 7.0, say of sleeping locks too who takes and drops them; sparse counts none of these", 1 },
	{ "json", KEY_JSON, NULL, 0, "Print one JSON object for each contract", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		options->annotate.tree = ".";
		return 0;
	case KEY_ANNOTATE:
		options->annotate.folder = arg;
		return 0;
	case KEY_MAINLINE:
		options->annotate.mainline = true;
		return 0;
	case KEY_LIMITS:
		options->annotate.limits = arg;
		return 0;
	case KEY_ASSERTS:
		options->asserts = true;
		return 0;
	case KEY_AUTHOR:
		options->annotate.author = arg;
		return 0;
	case 'k':
		options->annotate.tree = arg;
		return 0;
	case 'f':
		options->function = arg;
		return 0;
	case KEY_IN:
		VEC_PUSH(&options->below, arg);
		return 0;
	case KEY_JSON:
		options->json = true;
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
	.doc = "Print the contracts of functions: what their asserts declare, with the verdict on it, and what all callers in sight hold.",
};

struct printer {
	const struct options *options;
	const struct inference *inference;
};

static void print(const struct printer *p, const struct function *fn,
		  const char *kind, const char *lock, const char *mode,
		  const char *tail)
{
	json_t *object;

	if (!p->options->json) {
		printf("%s:%u:%u: %s(): %s %s%s%s%s\n", fn->file, fn->line,
		       fn->col, fn->name, kind, lock, *mode ? " for " : "",
		       mode, tail);
		return;
	}
	object = json_object();
	json_object_set_new(object, "file", json_text(fn->file));
	json_object_set_new(object, "line", json_integer(fn->line));
	json_object_set_new(object, "function", json_text(fn->name));
	json_object_set_new(object, "kind", json_text(kind));
	json_object_set_new(object, "lock", json_text(lock));
	if (*mode)
		json_object_set_new(object, "mode", json_text(mode));
	if (*tail)
		json_object_set_new(object, "detail", json_text(tail + 1));
	json_line(stdout, object);
}

/* "kvm->mmu_lock": the first argument of the assert, without the "&". */
static void argument(const struct verdict *v, char *text, size_t size)
{
	const struct expr *e = v->insn->nargs ? v->insn->args[0] : NULL;

	text[0] = '\0';
	while (e && e->op == EXPR_CAST)
		e = e->a;
	if (e)
		expr_print(v->fn, e->op == EXPR_ADDRESS ? e->a : e, text, size);
}

static void print_declared(const struct printer *p, const struct verdict *v)
{
	char lock[300], tail[600];

	argument(v, lock, sizeof(lock));
	snprintf(tail, sizeof(tail), " line %u, %s%s%s%s", v->insn->line,
		 verdict_name(v->kind), v->assumption ? " (" : "",
		 v->assumption ? v->assumption : "",
		 v->assumption ? ")" : "");
	print(p, v->fn, v->asks->name, lock, "", tail);
}

static const char *modes_text(const struct usual *usual,
			      const struct function *fn)
{
	char text[200];

	if (!usual->cls->flavour->shared)
		return "";
	if (usual->by_param >= 0) {
		snprintf(text, sizeof(text), "read if %s, for write if not",
			 fn->vars[usual->by_param].name);
		return intern(text);
	}
	if (usual->modes == 1u << MODE_READ)
		return "read";
	return usual->modes == 1u << MODE_WRITE ? "write" : "read or write";
}

static void print_inferred(const struct printer *p, const struct function *fn)
{
	const struct usuals *usuals = &p->inference->of[fn->id];
	char tail[300];
	unsigned i;

	for (i = 0; i < usuals->held.n; i++) {
		const struct usual *usual = &usuals->held.at[i];

		if (!usual->always && !usual->other)
			continue;
		snprintf(tail, sizeof(tail), "%s%s", usual->other ? " or " : "",
			 usual->other ? usual->other->name : "");
		print(p, fn, "called with", usual->cls->name,
		      modes_text(usual, fn), tail);
	}
	for (i = 0; i < usuals->absent.n; i++)
		print(p, fn, "called without", usuals->absent.at[i]->name, "",
		      "");
}

static bool is_wanted(const void *data, const struct function *fn)
{
	const struct options *options = data;
	unsigned i;

	if (options->function && strcmp(options->function, fn->name))
		return false;
	for (i = 0; i < options->below.n; i++)
		if (path_matches(options->below.at[i], fn->file))
			return true;
	return !options->below.n;
}

static void print_all(const struct options *options,
		      struct analysis *analysis)
{
	struct printer printer = {
		.options = options, .inference = analysis_infer(analysis),
	};
	const struct verdicts *verdicts = analysis->verdicts;
	struct link *link = analysis->solver->link;
	unsigned i, k;

	for (i = 0; i < link->n; i++) {
		if (!is_wanted(options, link->functions[i]))
			continue;
		for (k = verdicts->first[i]; k < verdicts->first[i + 1]; k++)
			print_declared(&printer, &verdicts->all.at[k]);
		print_inferred(&printer, link->functions[i]);
	}
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	struct wanted wanted = { is_wanted, &options };
	struct error err;
	bool ok = true;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err))
		return output_error(&err);
	if (options.annotate.folder)
		ok = annotate(&options.annotate, &options.input, analysis,
			      &wanted, &err);
	else if (options.asserts)
		ok = print_asserts(&options.input, analysis, &wanted, &err);
	else
		print_all(&options, analysis);
	if (!ok)
		return output_error(&err);
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(contracts, .name = "contracts", .run = run,
	.title = "print what functions ask for and what callers hold");
