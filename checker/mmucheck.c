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

static void dump_state(const struct function *fn, const struct state *st)
{
	unsigned h;
	char b[300];

	for (h = 0; h < st->nholds; h++) {
		term_print(fn, st->holds[h].at ? st->holds[h].at : term_int(0), b, sizeof(b));
		printf(" %s:%s/%u%s%s[%s]", st->holds[h].cls->name, mode_name(st->holds[h].mode), st->holds[h].depth, st->holds[h].many ? "*" : "", st->holds[h].frame ? "f" : "", b);
	}
	printf(" |");
	for (h = 0; h < st->nvals; h++) {
		term_print(fn, st->vals[h].value, b, sizeof(b));
		printf(" v%u=%s", st->vals[h].var, b);
	}
	for (h = 0; h < st->ncells; h++) {
		term_print(fn, st->cells[h].address, b, sizeof(b));
		printf(" cell %s=", b);
		if (st->cells[h].value)
			term_print(fn, st->cells[h].value, b, sizeof(b));
		printf("%s", st->cells[h].value ? b : "0");
	}
	for (h = 0; h < st->nknown; h++) {
		term_print(fn, st->knowns[h].term, b, sizeof(b));
		printf(" known %s in %lld..%lld%s", b, (long long)st->knowns[h].range.low, (long long)st->knowns[h].range.high, st->knowns[h].range.nonzero ? " !0" : "");
	}
	if (st->ret) {
		term_print(fn, st->ret, b, sizeof(b));
		printf(" ret %s", b);
	}
	printf("\n");
}

static void dump(struct solver *solver, const char *name)
{
	unsigned i, k, n;

	for (i = 0; i < solver->link->n; i++) {
		struct info *info = info_of(solver->link->functions[i]);

		if (strcmp(info->fn->name, name))
			continue;
		printf("%s: moves %u sleeps %u net %u called %u escapes %s\n", name, info->moves, info->sleeps, info->precise, info->called, info->escapes ? info->escapes : "-");
		for (k = 0; k < info->contexts.n; k++) {
			struct context *c = info->contexts.at[k];

			printf("context %u%s from %s:", c->id, c->root ? " root" : "", c->first ? c->first->context->fn->name : "-");
			dump_state(c->fn, c->entry);
			for (n = 0; n < c->exits.n; n++) {
				printf("   exit");
				dump_state(c->fn, c->exits.at[n]->state);
			}
			for (n = 0; getenv("NODES") && n < c->nodes.n; n++) {
				printf("   node b%u i%u from %d:", c->nodes.at[n]->block, c->nodes.at[n]->insn, c->nodes.at[n]->pred ? (int)c->nodes.at[n]->pred->block : -1);
				dump_state(c->fn, c->nodes.at[n]->state);
			}
		}
	}
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
	if (getenv("NETS")) {
		for (i = 0; i < solver->contexts.n; i++) {
			struct context *c = solver->contexts.at[i];
			unsigned e, h;

			for (e = 0; e < c->exits.n; e++) {
				struct state *st = c->exits.at[e]->state;
				int same = st->nholds == c->entry->nholds;

				for (h = 0; same && h < st->nholds; h++)
					same = !hold_compare(&st->holds[h], &c->entry->holds[h]);
				if (same)
					continue;
				printf("%s:", c->fn->name);
				for (h = 0; h < c->entry->nholds; h++)
					printf(" %s/%u%s", c->entry->holds[h].cls->name, c->entry->holds[h].depth, c->entry->holds[h].many ? "*" : "");
				printf(" ->");
				for (h = 0; h < st->nholds; h++)
					printf(" %s/%u%s", st->holds[h].cls->name, st->holds[h].depth, st->holds[h].many ? "*" : "");
				printf("\n");
			}
		}
		return 0;
	}
	for (k = 0; k < 4; k++) {
		bool more = false;
		unsigned j;

		findings.all.n = 0;
		replay(solver, watch, NULL);
		for (const struct rule *const *rule = __start_mmucheck_rules; rule < __stop_mmucheck_rules; rule++)
			if ((*rule)->finish)
				(*rule)->finish(&findings, solver);
		for (i = 0; i < findings.all.n; i++)
			for (j = 0; j < findings.all.at[i]->involved.n; j++) {
				struct info *info = findings.all.at[i]->involved.at[j];

				more |= !info->precise;
				info->precise = true;
			}
		if (!more)
			break;
		solver = solve(solver->link);
		fprintf(stderr, "again: %u findings, %u contexts, %u nodes, %zu MB\n", findings.all.n, solver->counts.contexts, solver->counts.nodes, run_arena.total >> 20);
	}
	if (getenv("DUMP")) {
		dump(solver, getenv("DUMP"));
		return 0;
	}
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
