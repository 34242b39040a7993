// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck why: what is held at a place, and who brought it there. */

#include "command.h"
#include "input.h"
#include "output.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>

struct options {
	struct input input;
	const char *place;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		return 0;
	case ARGP_KEY_ARG:
		if (!options->place)
			options->place = arg;
		else
			VEC_PUSH(&options->input.facts, arg);
		return 0;
	case ARGP_KEY_END:
		if (!options->input.facts.n)
			argp_error(state, "expected a place, and files or folders with *.facts");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &input_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.parser = parse, .children = children,
	.args_doc = "PLACE " INPUT_ARGS,
	.doc = "Say what is held at PLACE on the ways that lead there, and who took it.  PLACE is a function, whose entry is meant, or FILE:LINE; of FILE the last parts are enough.",
};

/* What is held there, once for each set of locks: one way to get there. */
struct sight {
	const char *held;		/* the set, as text */
	const struct context *context;
	const struct hold *holds;
	unsigned nholds;
	unsigned line;
};

struct sights {
	struct sight *at;
	unsigned n, cap;
};

static const char *held_text(const struct hold *holds, unsigned n)
{
	char text[2000] = "nothing";
	size_t len = 0;
	unsigned i;

	for (i = 0; i < n && len < sizeof(text); i++)
		len += snprintf(text + len, sizeof(text) - len, "%s%s%s",
				i ? ", " : "",
				lock_text(holds[i].cls, holds[i].mode),
				holds[i].many ? " (several)" : "");
	return intern(text);
}

/* Of all ways with the same locks the shortest is shown. */
static void see(struct sights *sights, const struct context *context,
		const struct hold *holds, unsigned n, unsigned line)
{
	struct sight sight = {
		held_text(holds, n), context, NULL, n, line,
	};
	unsigned i;

	for (i = 0; i < sights->n; i++)
		if (sights->at[i].held == sight.held &&
		    sights->at[i].line == line &&
		    sights->at[i].context->fn == context->fn)
			break;
	if (i < sights->n &&
	    sights->at[i].context->distance <= context->distance)
		return;
	/* The work that holds them goes on without us. */
	sight.holds = arena_copy(&run_arena, holds, n * sizeof(*holds));
	if (i < sights->n)
		sights->at[i] = sight;
	else
		VEC_PUSH(sights, sight);
}

/* The entry of a function */

static void see_entries(struct sights *sights, const struct info *info)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++) {
		const struct context *context = info->contexts.at[i];

		see(sights, context, context->entry->holds,
		    context->entry->nholds, info->fn->line);
	}
}

/* A line */

struct line {
	const char *file;
	unsigned first, line;		/* wanted, and nearest that there is */
	bool found;
	struct sights sights;
};

/* "mmu/mmu.c" is a name for "arch/x86/kvm/mmu/mmu.c". */
static bool is_called(const char *file, const char *name)
{
	size_t len = strlen(file), tail = strlen(name);

	return len >= tail && !strcmp(file + len - tail, name) &&
	       (len == tail || file[len - tail - 1] == '/');
}

static bool is_in(const struct line *line, const struct function *fn)
{
	return is_called(fn->file, line->file) && fn->line <= line->first &&
	       line->first <= fn->end;
}

/* First: is there anything on the line, or on which one behind it? */
static void find_line(void *data, const struct event *event)
{
	struct line *line = data;

	if (!is_in(line, event->context->fn) || event->line < line->first)
		return;
	if (!line->found || event->line < line->line)
		line->line = event->line;
	line->found = true;
}

static void see_line(void *data, const struct event *event)
{
	struct line *line = data;

	if (is_in(line, event->context->fn) && event->line == line->line)
		see(&line->sights, event->context, event->work->holds.at,
		    event->work->holds.n, event->line);
}

/* Words */

static void print_hold(const struct function *fn, const struct hold *hold)
{
	printf("  %s: ", lock_text(hold->cls, hold->mode));
	if (hold->fn && hold->line)
		printf("%s at %s:%u in %s()\n",
		       hold->asserted ? "asserted" : "taken", hold->fn->file,
		       hold->line, hold->fn->name);
	else
		printf("by who calls %s()\n", fn->name);
}

static void print_way(const struct context *context)
{
	if (!context->first)
		return;
	print_way(context->first->context);
	printf("%s() %s:%u -> ", context->first->context->fn->name,
	       path_base(context->first->context->fn->file),
	       context->first->insn->line);
}

static int by_held(const void *x, const void *y)
{
	const struct sight *a = x, *b = y;
	int order = strcmp(a->context->fn->file, b->context->fn->file);

	if (order)
		return order;
	if (a->context->fn->line != b->context->fn->line)
		return a->context->fn->line < b->context->fn->line ? -1 : 1;
	return strcmp(a->held, b->held);
}

static void print_sights(struct sights *sights)
{
	unsigned i, k;

	qsort(sights->at, sights->n, sizeof(*sights->at), by_held);
	for (i = 0; i < sights->n; i++) {
		const struct sight *sight = &sights->at[i];
		const struct function *fn = sight->context->fn;

		printf("%s:%u: %s(): held: %s\n", fn->file, sight->line,
		       fn->name, sight->held);
		for (k = 0; k < sight->nholds; k++)
			print_hold(fn, &sight->holds[k]);
		printf("  path: ");
		print_way(sight->context);
		printf("%s()\n", fn->name);
	}
}

static bool why_line(struct solver *solver, const char *place,
		     const char *colon, struct error *err)
{
	struct line line = {
		.file = intern_n(place, colon - place),
		.first = strtoul(colon + 1, NULL, 10),
	};

	replay(solver, find_line, &line);
	if (!line.found)
		return error_set(err, "%s: no function that has to do with locks has anything there",
				 place);
	replay(solver, see_line, &line);
	if (line.line != line.first)
		printf("%s: nothing happens on this line; the next is %u\n",
		       place, line.line);
	print_sights(&line.sights);
	free(line.sights.at);
	return true;
}

static bool why_function(struct solver *solver, const char *name,
			 struct error *err)
{
	struct sights sights = { 0 };
	bool known = false;
	unsigned i;

	for (i = 0; i < solver->link->n; i++) {
		const struct function *fn = solver->link->functions[i];

		if (strcmp(fn->name, name))
			continue;
		known = true;
		see_entries(&sights, info_of(fn));
	}
	if (!known)
		return error_set(err, "%s: no such function in the facts", name);
	if (!sights.n)
		return error_set(err, "%s(): neither it nor what it calls has to do with locks",
				 name);
	print_sights(&sights);
	free(sights.at);
	return true;
}

static bool why(struct solver *solver, const char *place, struct error *err)
{
	const char *colon = strrchr(place, ':');

	if (colon && colon[1] >= '0' && colon[1] <= '9')
		return why_line(solver, place, colon, err);
	return why_function(solver, place, err);
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	struct error err;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err) ||
	    !why(analysis->solver, options.place, &err))
		return output_error(&err);
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(why, .name = "why", .run = run,
	.title = "say what is held at a place, and who took it");
