// SPDX-License-Identifier: GPL-2.0-only
/* Where the rest of the kernel comes in, and how far it is from there. */

#include "mapping.h"
#include "reach.h"
#include "solve.h"

/* What a function states that it needs, who calls it from out of sight has. */
static void promise_holds(struct link *link, const struct info *info,
			  struct work *w)
{
	const struct contract *contract = info->fn->symbol
		? info->fn->symbol->contract : NULL;
	unsigned i;

	for (i = 0; i < info->fn->nparams; i++)
		work_set(w, i, term_param(i, 0, NULL));
	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		struct hold hold = {
			.mode = effect->mode, .depth = 1, .on_entry = true,
		};

		if (!effect->stated || effect->verb != VERB_NEED ||
		    effect->mode_arg != ARG_NONE)
			continue;
		hold.at = effect->lock ? eval(w, effect->lock)
				       : term_param(effect->arg, 0, NULL);
		hold.cls = effect->cls ? effect->cls
			: class_of(link, hold.at);
		VEC_PUSH(&w->holds, hold);
	}
	for (i = 0; i < info->fn->nparams; i++)
		work_set(w, i, NULL);
}

/* What an "entry" row says is held; two rows may say the same. */
static void enter_by_row(struct work *w, const struct entry_row *entry,
			 unsigned *outers)
{
	unsigned i;

	for (i = 0; i < entry->holds.n; i++) {
		const struct guard_need *need = &entry->holds.at[i];
		struct hold hold = {
			.cls = need->cls, .mode = need->mode, .depth = 1,
			.on_entry = true,
		};

		if (work_holds(w, need->cls->name))
			continue;
		if (!need->cls->flavour || !need->cls->flavour->reentrant)
			hold.at = term_outer((*outers)++, NULL);
		VEC_PUSH(&w->holds, hold);
	}
}

static struct state *root_entry(struct solver *solver, struct info *info)
{
	struct work *w = work_new(info->fn);
	struct state *state;
	unsigned i, outers = 0;

	promise_holds(solver->link, info, w);
	if (info->quiet)
		VEC_PUSH(&w->holds, ((struct hold){
			.cls = info->quiet, .mode = MODE_WRITE, .depth = 1,
			.on_entry = true, .frame = true,
			.at = term_outer(FRAME, NULL),
		}));
	for (i = 0; i < info->entries.n; i++)
		enter_by_row(w, info->entries.at[i], &outers);
	work_sort_holds(w);
	state = state_from_work(w, NULL, NULL);
	work_free(w);
	return state;
}

static void run_pending(struct solver *solver)
{
	while (solver->pending.n) {
		struct context *context =
			solver->pending.at[--solver->pending.n];

		context->pending = false;
		context_run(solver, context);
	}
}

static void enter_root(struct solver *solver, struct info *info)
{
	context_root(solver, info, root_entry(solver, info));
	run_pending(solver);
}

/* A slot is called from out of sight whoever else calls what is in it; a function
 * that has a row of its own is called from there only if nobody in sight does. */
static bool is_root(const struct info *info)
{
	unsigned i;

	for (i = 0; i < info->entries.n; i++)
		if (info->entries.at[i]->slot != info->fn->name)
			return true;
	return !info->called;
}

/* A function that nobody in sight calls, but others can, is called by somebody
 * who may hold whatever it asks for. */
static bool begins_in_sight(const struct info *info)
{
	return info->entries.n || info->escapes ||
	       (!info->fn->exported && info->fn->linkage != LINK_GLOBAL);
}

void measure_sight(struct solver *solver)
{
	bool more;
	unsigned i, c;

	for (i = 0; i < solver->contexts.n; i++) {
		struct context *context = solver->contexts.at[i];

		context->in_sight = context->root && begins_in_sight(context->info);
	}
	do {
		more = false;
		for (i = 0; i < solver->contexts.n; i++) {
			struct context *context = solver->contexts.at[i];

			for (c = 0; c < context->callers.n &&
			     !context->in_sight; c++)
				if (context->callers.at[c]->context->in_sight)
					more = context->in_sight = true;
		}
	} while (more);
}

/* The shortest way from a root is the one that is shown. */
void measure_distances(struct solver *solver)
{
	unsigned i, k, c;

	for (i = 0; i < solver->contexts.n; i++)
		if (solver->contexts.at[i]->root)
			solver->contexts.at[i]->distance = 0;
	/* Callers are known from the callee: relax until nothing moves. */
	do {
		k = 0;
		for (i = 0; i < solver->contexts.n; i++) {
			struct context *context = solver->contexts.at[i];

			for (c = 0; c < context->callers.n; c++) {
				struct caller *caller = context->callers.at[c];

				/* Not by way of who is called from out of sight. */
				if (caller->context->distance == ~0u ||
				    caller->context->in_sight < context->in_sight ||
				    caller->context->distance + 1 >=
				    context->distance)
					continue;
				context->distance =
					caller->context->distance + 1;
				context->first = caller;
				k++;
			}
		}
	} while (k);
}

/* What @info calls, were it on a path that no call can take. */
static void mark_called(struct info *info, struct bits *marked)
{
	struct info *callee;

	if (!bit_set(marked, info->fn->id))
		return;
	each_info_called(callee, info)
		mark_called(callee, marked);
}

/*
 * What only calls itself has no root.  What is called, but on no path that is
 * there, is never run: nobody is to hold anything for it.
 */
static void enter_rest(struct solver *solver)
{
	struct link *link = solver->link;
	struct bits marked = bits_new(link->n);
	unsigned i;

	for (i = 0; i < link->n; i++)
		if (info_of(link->functions[i])->contexts.n)
			mark_called(info_of(link->functions[i]), &marked);
	for (i = 0; i < link->n; i++) {
		struct info *info = info_of(link->functions[i]);

		if (!info->moves || bit_get(&marked, info->fn->id))
			continue;
		enter_root(solver, info);
		mark_called(info, &marked);
	}
}

void enter_all(struct solver *solver)
{
	struct link *link = solver->link;
	unsigned i;

	for (i = 0; i < link->n; i++) {
		struct info *info = info_of(link->functions[i]);

		solver->counts.functions++;
		solver->counts.relevant += info->moves || info->sleeps;
		if ((info->moves || info->entries.n) && is_root(info))
			enter_root(solver, info);
	}
	enter_rest(solver);
	for (i = 0; i < link->n; i++)
		solver->counts.solved +=
			info_of(link->functions[i])->contexts.n != 0;
}

/* The rest of the kernel calls it where it must not sleep. */
static bool is_entered_quietly(const struct info *info)
{
	unsigned i, k;

	for (i = 0; i < info->entries.n; i++)
		for (k = 0; k < info->entries.at[i]->holds.n; k++)
			if (minds_sleep(info->entries.at[i]->holds.at[k].cls))
				return true;
	return false;
}

/*
 * What moves no lock is only entered where it must not sleep: what it calls
 * elsewhere, as does who is called from out of sight, may sleep there.
 */
void spread_free(struct link *link)
{
	struct info *callee;
	bool more;
	unsigned i;

	for (i = 0; i < link->n; i++)
		if (is_root(info_of(link->functions[i])) &&
		    !is_entered_quietly(info_of(link->functions[i])))
			info_of(link->functions[i])->called_free = true;
	do {
		more = false;
		for (i = 0; i < link->n; i++) {
			struct info *info = info_of(link->functions[i]);

			if (!info->called_free || info->moves)
				continue;
			each_info_called(callee, info)
				if (!callee->called_free)
					more = callee->called_free = true;
		}
	} while (more);
}
