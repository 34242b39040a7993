// SPDX-License-Identifier: GPL-2.0-only

#include "analysis.h"
#include "allow.h"
#include "rule.h"

#define MAX_ROUNDS	4

struct analysis *analysis_new(void)
{
	struct analysis *analysis = arena_new(&run_arena, struct analysis);

	analysis->program = program_new();
	analysis->contracts = contracts_new();
	return analysis;
}

static void show_rules(void *data, const struct event *event)
{
	const struct rule *const *rule;
	struct analysis *analysis = data;

	for (rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++)
		if ((*rule)->check)
			(*rule)->check(&analysis->findings, event);
	verdicts_watch(analysis->verdicts, event);
}

static void ask_rules(struct analysis *analysis)
{
	const struct rule *const *rule;

	analysis->findings.all.n = analysis->findings.broken.n = 0;
	analysis->verdicts = verdicts_new(analysis->solver->link);
	replay_for_rules(analysis->solver, show_rules, analysis);
	for (rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++)
		if ((*rule)->finish)
			(*rule)->finish(&analysis->findings, analysis->solver);
}

/* The functions on the way to a finding are to be seen in full. */
static bool look_closer(struct findings *findings)
{
	bool more = false;
	unsigned i, j;

	for (i = 0; i < findings->all.n; i++) {
		struct finding *finding = findings->all.at[i];

		for (j = 0; j < finding->involved.n; j++)
			more |= look_closer_at(finding->involved.at[j]);
	}
	return more;
}

static bool is_named(const struct findings *findings, const char *name)
{
	unsigned i;

	for (i = 0; i < findings->closer.n; i++)
		if (findings->closer.at[i] == name)
			return true;
	return false;
}

static void begin_closer(const struct findings *findings,
			 const struct link *link)
{
	unsigned i;

	for (i = 0; i < link->n; i++)
		if (is_named(findings, link->functions[i]->name))
			look_closer_at(info_of(link->functions[i]));
}

static void name_closer(struct findings *findings, const struct link *link)
{
	unsigned i;

	findings->closer.n = 0;
	for (i = 0; i < link->n; i++)
		if (info_of(link->functions[i])->precise)
			VEC_PUSH(&findings->closer, link->functions[i]->name);
}

/*
 * What is found at first may hang on values that were left out as of no matter:
 * it stands only if it is found with all of them as well.
 */
bool analysis_run(struct analysis *analysis, struct error *err)
{
	struct link *link = link_program(analysis->program,
					 analysis->contracts, err);

	if (!link || !allows_collect(&analysis->findings, analysis->program,
				     analysis->contracts, err))
		return false;
	link->aliases = analysis->aliases;
	begin_closer(&analysis->findings, link);
	do {
		analysis->solver = solve(link);
		ask_rules(analysis);
		analysis->rounds++;
	} while (analysis->rounds < MAX_ROUNDS &&
		 look_closer(&analysis->findings));
	name_closer(&analysis->findings, link);
	verdicts_settle(analysis->verdicts, &analysis->findings);
	findings_sort(&analysis->findings);
	allows_apply(&analysis->findings);
	allows_report(&analysis->findings, analysis->program, true);
	return true;
}

static void show_inference(void *data, const struct event *event)
{
	inference_watch(data, event);
}

struct inference *analysis_infer(struct analysis *analysis)
{
	struct inference *inference = inference_new(analysis->solver->link);

	replay(analysis->solver, show_inference, inference);
	inference_settle(inference);
	return inference;
}
