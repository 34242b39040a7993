// SPDX-License-Identifier: GPL-2.0-only

#include "analysis.h"
#include "rule.h"

#define MAX_ROUNDS	8

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

	for (rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++)
		if ((*rule)->check)
			(*rule)->check(data, event);
}

static void ask_rules(struct analysis *analysis)
{
	const struct rule *const *rule;

	analysis->findings.all.n = 0;
	replay(analysis->solver, show_rules, &analysis->findings);
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

		for (j = 0; j < finding->involved.n; j++) {
			struct info *info = finding->involved.at[j];

			more |= !info->precise;
			info->precise = true;
		}
	}
	return more;
}

/*
 * A leak that was forgiven made many functions look worth a closer look that are
 * not: begin anew with who is.
 */
static void look_anew(struct link *link)
{
	unsigned i;

	for (i = 0; i < link->n; i++)
		info_of(link->functions[i])->precise =
			info_of(link->functions[i])->net;
}

/*
 * What is found at first may hang on values that were left out as of no matter:
 * it stands only if it is found with all of them as well.
 */
bool analysis_run(struct analysis *analysis, struct error *err)
{
	struct link *link = link_program(analysis->program,
					 analysis->contracts, err);

	if (!link)
		return false;
	do {
		analysis->solver = solve(link);
		analysis->solver->forgave = false;
		ask_rules(analysis);
		analysis->rounds++;
		if (analysis->solver->forgave)
			look_anew(link);
	} while (analysis->rounds < MAX_ROUNDS &&
		 (analysis->solver->forgave ||
		  look_closer(&analysis->findings)));
	findings_sort(&analysis->findings);
	return true;
}
