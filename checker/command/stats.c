// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck stats: how much was seen, what is proved, and what was assumed. */

#include "census.h"
#include "rule.h"
#include "command.h"
#include "input.h"
#include "json.h"
#include "output.h"
#include "sparse.h"

#include <string.h>

struct options {
	struct input input;
	bool json, open, rows;
	VEC(const char *) below;	/* only asserts in these folders */
};

enum { KEY_JSON = 0x100, KEY_OPEN, KEY_ROWS, KEY_IN };

static const struct argp_option argp_options[] = {
	{ "json", KEY_JSON, NULL, 0, "Print one JSON object", 0 },
	{ "open", KEY_OPEN, NULL, 0,
	  "Name each assert that is open, and the assumption in its way", 0 },
	{ "rows", KEY_ROWS, NULL, 0,
	  "Name each contract row that nothing in the facts is meant by", 0 },
	{ "in", KEY_IN, "PATTERN", 0,
	  "Count asserts in this folder, or files of this pattern, only; may be given more than once", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		return 0;
	case KEY_JSON:
		options->json = true;
		return 0;
	case KEY_OPEN:
		options->open = true;
		return 0;
	case KEY_ROWS:
		options->rows = true;
		return 0;
	case KEY_IN:
		VEC_PUSH(&options->below, arg);
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
	.doc = "Count what was read, solved, proved and assumed.",
};

static bool is_wanted(const struct options *options,
		      const struct verdict *verdict)
{
	unsigned i;

	for (i = 0; i < options->below.n; i++)
		if (path_matches(options->below.at[i], verdict->fn->file))
			return true;
	return !options->below.n;
}

static void count_verdicts(const struct options *options,
			   const struct analysis *analysis,
			   struct census *census)
{
	const struct verdicts *verdicts = analysis->verdicts;
	unsigned i;

	memset(census->verdicts, 0, sizeof(census->verdicts));
	for (i = 0; i < verdicts->all.n; i++)
		if (is_wanted(options, &verdicts->all.at[i]))
			census->verdicts[verdicts->all.at[i].kind]++;
}

static void print_open(const struct options *options,
		       const struct verdicts *verdicts)
{
	unsigned i;

	for (i = 0; i < verdicts->all.n; i++) {
		const struct verdict *v = &verdicts->all.at[i];

		if (v->kind == VERDICT_OPEN && is_wanted(options, v))
			printf("%s:%u:%u: open: %s() in %s(): %s\n",
			       v->fn->file, v->insn->line, v->insn->col,
			       v->asks->name, v->fn->name, v->assumption);
	}
}

static void print_unread(const struct program *program)
{
	unsigned i;

	for (i = 0; i < program->unread.n; i++) {
		const struct function *fn = program->unread.at[i].function;

		printf("%s:%u:%u: not read: %s(): %s\n", fn->file, fn->line,
		       fn->col, fn->name, program->unread.at[i].why);
	}
}

static void print_rows(const struct contracts *contracts)
{
	unsigned i;

	for (i = 0; i < contracts->rows.n; i++) {
		const struct row *row = contracts->rows.at[i];

		if (!row->matched)
			printf("%s:%u: nothing here is meant by the row for %s\n",
			       row->file, row->line,
			       row->subject ? row->subject : "?");
	}
}

static bool has_sites(const struct rule *rule)
{
	return rule->is_site || rule->count_sites;
}

/* A rule without a site has asked nothing: it says so. */
static void print_sites(const struct analysis *analysis)
{
	const struct rule *const *rule;

	for (rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++) {
		unsigned n;

		if (!has_sites(*rule))
			continue;
		n = census_sites(analysis, *rule);
		printf("sites      %u of %s%s\n", n, (*rule)->id,
		       n ? "" : ": nothing here is meant by it");
	}
}

static json_t *json_sites(const struct analysis *analysis)
{
	const struct rule *const *rule;
	json_t *sites = json_object();

	for (rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++)
		if (has_sites(*rule))
			json_object_set_new(sites, (*rule)->id, json_integer(
					census_sites(analysis, *rule)));
	return sites;
}

static void print_text(const struct census *c,
		       const struct sparse_count *sparse)
{
	printf("units      %u read\n", c->units);
	printf("functions  %u read, %u unread, %u solved in %u states of entry, %u points\n",
	       c->functions, c->unread, c->solved, c->contexts, c->nodes);
	printf("calls      %u: %u in sight, %u by a row, %u out of sight\n",
	       c->calls, c->in_sight, c->by_row, c->out_of_sight);
	printf("pointers   %u calls: %u resolved, %u open\n", c->pointers,
	       c->pointers - c->open, c->open);
	printf("asserts    %u: %u proved, %u broken, %u open\n",
	       c->verdicts[VERDICT_PROVED] + c->verdicts[VERDICT_BROKEN] +
	       c->verdicts[VERDICT_OPEN], c->verdicts[VERDICT_PROVED],
	       c->verdicts[VERDICT_BROKEN], c->verdicts[VERDICT_OPEN]);
	printf("given up   %u functions lost states, %u were entered in too many ways, %u calls too deep\n",
	       c->state_caps, c->context_caps, c->depth_caps);
	printf("stated     %u contracts in the source, %u of them not understood\n",
	       c->stated + c->not_understood, c->not_understood);
	printf("rows       %u, %u of them met nothing here\n", c->rows,
	       c->unmatched);
	if (c->allowed)
		printf("allowed    %u findings, by a comment or a row that gives a reason\n",
		       c->allowed);
	if (sparse->was_run)
		printf("sparse     %u warnings of lock contexts not repeated, %u of them untrue, %u in functions that were not followed to all their ends\n",
		       sparse->kept, sparse->untrue, sparse->unsettled);
}

static void print_json(const struct analysis *analysis,
		       const struct census *c,
		       const struct sparse_count *sparse)
{
	const struct { const char *name; unsigned value; } counts[] = {
		{ "units", c->units }, { "functions", c->functions },
		{ "functions_unread", c->unread },
		{ "solved", c->solved }, { "contexts", c->contexts },
		{ "points", c->nodes }, { "calls", c->calls },
		{ "calls_in_sight", c->in_sight },
		{ "calls_by_row", c->by_row },
		{ "calls_out_of_sight", c->out_of_sight },
		{ "pointer_calls", c->pointers },
		{ "pointer_calls_resolved", c->pointers - c->open },
		{ "pointer_calls_open", c->open },
		{ "asserts_proved", c->verdicts[VERDICT_PROVED] },
		{ "asserts_broken", c->verdicts[VERDICT_BROKEN] },
		{ "asserts_open", c->verdicts[VERDICT_OPEN] },
		{ "state_caps", c->state_caps },
		{ "context_caps", c->context_caps },
		{ "depth_caps", c->depth_caps },
		{ "stated", c->stated },
		{ "stated_not_understood", c->not_understood },
		{ "allowed", c->allowed },
		{ "rows", c->rows }, { "rows_unmatched", c->unmatched },
	};
	json_t *object = json_object();
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(counts); i++)
		json_object_set_new(object, counts[i].name,
				    json_integer(counts[i].value));
	json_object_set_new(object, "sites", json_sites(analysis));
	if (sparse->was_run) {
		json_object_set_new(object, "sparse_not_repeated",
				    json_integer(sparse->kept));
		json_object_set_new(object, "sparse_untrue",
				    json_integer(sparse->untrue));
		json_object_set_new(object, "sparse_unsettled",
				    json_integer(sparse->unsettled));
	}
	json_line(stdout, object);
}

static int run(int argc, char **argv)
{
	struct analysis *analysis = analysis_new();
	struct options options = { 0 };
	struct sparse_count sparse;
	struct census census;
	struct error err;

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (!input_read(&options.input, analysis, &err) ||
	    !analysis_run(analysis, &err) ||
	    !sparse_count(&options.input, analysis, &sparse, &err))
		return output_error(&err);
	census_take(analysis, &census);
	count_verdicts(&options, analysis, &census);
	if (options.json)
		print_json(analysis, &census, &sparse);
	else
		print_text(&census, &sparse);
	if (!options.json) {
		print_sites(analysis);
		print_unread(analysis->program);
	}
	if (options.open)
		print_open(&options, analysis->verdicts);
	if (options.rows)
		print_rows(analysis->contracts);
	return output_flush() ? NOTHING_FOUND : FAILED;
}

COMMAND(stats, .name = "stats", .run = run,
	.title = "count what was seen, proved and assumed");
