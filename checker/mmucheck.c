// SPDX-License-Identifier: GPL-2.0-only

#include "rules/rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct findings findings;

static void watch(void *data, const struct event *event)
{
	const struct rule *const *rule;

	(void)data;
	for (rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++)
		if ((*rule)->check)
			(*rule)->check(&findings, event);
}

static void die(const struct error *err)
{
	fprintf(stderr, "mmucheck: %s\n", err->text);
	exit(2);
}

int main(int argc, char **argv)
{
	struct program *program = program_new();
	struct contracts *contracts = contracts_new();
	struct solver *solver;
	struct error err;
	unsigned i, k;

	for (i = 1; i < (unsigned)argc; i++) {
		size_t len;
		char *text;

		if (strstr(argv[i], ".contracts")) {
			if (!contracts_read(contracts, argv[i], &err))
				die(&err);
			continue;
		}
		text = read_whole(argv[i], &len, &err);
		if (!text || !facts_read(program, argv[i], text, len, &err))
			die(&err);
		free(text);
	}
	fprintf(stderr, "read: %u functions, %zu MB\n", program->functions.n, run_arena.total >> 20);
	solver = solve(link_program(program, contracts, &err));
	fprintf(stderr, "solved: %u contexts, %u nodes, %u terms, %zu MB\n", solver->counts.contexts,
		solver->counts.nodes, terms_made(), run_arena.total >> 20);
	fprintf(stderr, "relevant %u solved %u caps %u %u %u\n", solver->counts.relevant, solver->counts.solved, solver->counts.state_caps, solver->counts.context_caps, solver->counts.depth_caps);
	replay(solver, watch, NULL);
	findings_sort(&findings);
	for (i = 0; i < findings.all.n; i++) {
		struct finding *f = findings.all.at[i];

		printf("%s:%u:%u: warning: %s [%s]\n", f->file, f->line, f->col, f->message, f->rule);
		for (k = 0; k < f->notes.n; k++)
			printf("%s:%u:%u: note: %s\n", f->notes.at[k].file, f->notes.at[k].line, f->notes.at[k].col, f->notes.at[k].text);
		for (k = 0; k < f->path.n; k++)
			printf("%s:%u:%u: note: path: %s\n", f->path.at[k].file, f->path.at[k].line, f->path.at[k].col, f->path.at[k].text);
	}
	return findings.all.n != 0;
}
