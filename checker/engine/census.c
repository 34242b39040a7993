// SPDX-License-Identifier: GPL-2.0-only

#include "census.h"
#include "rule.h"

#include <string.h>

static void count_call(struct link *link, const struct function *fn,
		       const struct insn *insn, struct census *c)
{
	const struct symbol *symbol;

	c->calls++;
	if (insn->value->op != EXPR_FUNCTION) {
		c->pointers++;
		c->open += !link_targets(link, fn, insn->value).n;
		return;
	}
	symbol = insn->value->symbol;
	if (symbol->def)
		c->in_sight++;
	else if (symbol->contract)
		c->by_row++;
	else
		c->out_of_sight++;
}

static void count_function(struct link *link, const struct function *fn,
			   struct census *c)
{
	unsigned b, i;

	c->functions++;
	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			if (fn->blocks[b].insns[i].kind == INSN_CALL)
				count_call(link, fn, &fn->blocks[b].insns[i], c);
}

/* A row about locks is met by locks that are taken, one about a member by it. */
static void match(const struct row *row, bool met)
{
	if (row && met)
		((struct row *)row)->matched = true;
}

static void match_rows(const struct analysis *analysis)
{
	const struct contracts *all = analysis->contracts;
	unsigned i, k;

	for (i = 0; i < all->orders.n; i++)
		match(all->orders.at[i].row, all->orders.at[i].outer->flavour &&
		      all->orders.at[i].inner->flavour);
	for (i = 0; i < all->nevers.n; i++)
		match(all->nevers.at[i].row, all->nevers.at[i].taken->flavour &&
		      all->nevers.at[i].held->flavour);
	for (i = 0; i < all->classes.n; i++) {
		const struct lock_class *cls = all->classes.at[i];

		match(cls->leaf_row, cls->flavour);
		for (k = 0; k < cls->inside.n; k++)
			match(cls->inside.at[k], cls->flavour);
	}
	for (i = 0; i < all->members.n; i++)
		match(all->members.at[i].row,
		      program_field(analysis->program, all->members.at[i].key));
}

unsigned census_sites(const struct analysis *analysis, const struct rule *rule)
{
	struct link *link = analysis->solver->link;
	unsigned sites = 0, f, b, i;

	if (rule->count_sites)
		return rule->count_sites(link);
	for (f = 0; f < link->n; f++) {
		sites += entry_sites(info_of(link->functions[f]), rule->id);
		for (b = 0; b < link->functions[f]->nblocks; b++) {
			const struct block *block = &link->functions[f]->blocks[b];

			for (i = 0; i < block->ninsns; i++)
				sites += rule->is_site(link, &block->insns[i]);
		}
	}
	return sites;
}

static bool is_settled(const struct info *info)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (info->contexts.at[i]->capped)
			return false;
	return info->contexts.n || !info->moves;
}

bool census_is_settled(const struct analysis *analysis, const char *function)
{
	struct link *link = analysis->solver->link;
	bool found = false;
	unsigned i;

	for (i = 0; i < link->n; i++) {
		if (strcmp(link->functions[i]->name, function))
			continue;
		found = true;
		if (!is_settled(info_of(link->functions[i])))
			return false;
	}
	return found;
}

void census_take(const struct analysis *analysis, struct census *c)
{
	const struct counts *counts = &analysis->solver->counts;
	struct link *link = analysis->solver->link;
	const struct verdicts *verdicts = analysis->verdicts;
	unsigned i;

	*c = (struct census){
		.units = analysis->program->units.n,
		.unread = analysis->program->unread.n,
		.solved = counts->solved, .contexts = counts->contexts,
		.nodes = counts->nodes, .state_caps = counts->state_caps,
		.context_caps = counts->context_caps,
		.depth_caps = counts->depth_caps,
		.rows = analysis->contracts->rows.n,
		.stated = link->stated.used,
		.not_understood = link->stated.unused,
	};
	match_rows(analysis);
	for (i = 0; i < link->n; i++)
		count_function(link, link->functions[i], c);
	for (i = 0; i < verdicts->all.n; i++)
		c->verdicts[verdicts->all.at[i].kind]++;
	for (i = 0; i < analysis->contracts->rows.n; i++)
		c->unmatched += !analysis->contracts->rows.at[i]->matched;
	c->allowed = analysis->findings.allowed.n;
}
