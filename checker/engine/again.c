// SPDX-License-Identifier: GPL-2.0-only
/*
 * Solving anew when more is to be seen of some functions. Who enters one of these
 * is solved again, and who enters such a one in turn only if something else comes
 * out of it than before. All others are as they were: what comes out of a function
 * hangs on its entry, and on what comes out of those that it enters.
 *
 * Where functions enter each other round in a circle, the first that is looked at is
 * taken to be as it was. If it is not, those that leaned on it are solved again.
 */

#include "balance.h"
#include "solve.h"

#include <stdlib.h>
#include <string.h>

static void forget(struct context *context)
{
	free(context->nodes.at);
	free(context->queue.at);
	free(context->exits.at);
	free(context->callers.at);
	free(context->calls.at);
}

static void mark_doubt(struct context *context)
{
	unsigned i;

	if (context->doubt)
		return;
	context->doubt = true;
	for (i = 0; i < context->callers.n; i++)
		mark_doubt(context->callers.at[i]->context);
}

static void mark_stale(struct info *info)
{
	unsigned i, k;

	for (i = 0; i < info->contexts.n; i++) {
		struct context *context = info->contexts.at[i];

		context->stale = true;
		mark_doubt(context);
		for (k = 0; k < context->callers.n; k++) {
			context->callers.at[k]->context->stale = true;
			mark_doubt(context->callers.at[k]->context);
		}
	}
	info->changed = false;
}

/* What the last round entered goes aside, until it is entered in this one. */
static void set_aside(struct info *info)
{
	unsigned i;

	for (i = 0; i < info->aside.n; i++)
		if (info->aside.at[i]->aside)
			forget(info->aside.at[i]);
	VEC_SET(&info->aside, info->contexts.at, info->contexts.n);
	for (i = 0; i < info->aside.n; i++)
		info->aside.at[i]->aside = true;
	info->contexts.n = info->hashes.n = 0;
	bits_zero(&info->crowded);
}

void begin_again(struct solver *solver)
{
	struct link *link = solver->link;
	unsigned i;

	for (i = 0; i < solver->contexts.n; i++)
		solver->contexts.at[i]->stale = solver->contexts.at[i]->doubt =
			false;
	for (i = 0; i < link->n; i++)
		if (info_of(link->functions[i])->changed)
			mark_stale(info_of(link->functions[i]));
	for (i = 0; i < link->n; i++)
		set_aside(info_of(link->functions[i]));
	solver->contexts.n = solver->pending.n = 0;
	solver->refined = false;
	memset(&solver->counts, 0, sizeof(solver->counts));
}

static bool same_trail(const struct trail *a, const struct trail *b)
{
	while (a && b && a != b) {
		if (a->callee != b->callee || a->caller != b->caller ||
		    a->line != b->line || a->col != b->col)
			return false;
		a = a->before;
		b = b->before;
	}
	return a == b;
}

/* Not only what is held, but where it is known from as well. */
static bool same_hold(const struct hold *a, const struct hold *b)
{
	return !hold_compare(a, b) && a->asserted == b->asserted &&
	       a->on_entry == b->on_entry && a->frame == b->frame &&
	       a->fn == b->fn && a->line == b->line && a->col == b->col &&
	       same_trail(a->trail, b->trail);
}

static bool same_exit(const struct state *a, const struct state *b)
{
	unsigned i;

	if (a->ret != b->ret || !state_equal(a, b))
		return false;
	for (i = 0; i < a->nholds; i++)
		if (!same_hold(&a->holds[i], &b->holds[i]))
			return false;
	return true;
}

static bool differs(const struct context *context)
{
	unsigned i;

	if (context->exits.n != context->nbefore)
		return true;
	for (i = 0; i < context->nbefore; i++)
		if (!same_exit(context->exits.at[i]->state,
			       context->before[i]->state))
			return true;
	return false;
}

static void remove_caller(struct context *context, const struct caller *caller)
{
	unsigned i;

	for (i = context->callers.n; i--;)
		if (context->callers.at[i] == caller) {
			memmove(&context->callers.at[i],
				&context->callers.at[i + 1],
				(--context->callers.n - i) *
				sizeof(*context->callers.at));
			return;
		}
}

/* As if nothing had come of it yet. */
static void empty(struct context *context)
{
	unsigned i;

	for (i = 0; i < context->calls.n; i++)
		remove_caller(context->calls.at[i]->callee,
			      context->calls.at[i]);
	context->nodes.n = context->queue.n = context->exits.n = 0;
	context->calls.n = 0;
	context->capped = false;
	memset(context->at_block, 0,
	       context->fn->nblocks * sizeof(*context->at_block));
}

static void stands(struct solver *solver, struct context *context)
{
	unsigned i;

	solver->counts.nodes += context->nodes.n;
	solver->counts.state_caps += context->capped;
	for (i = 0; i < context->exits.n; i++)
		note_crowds(context->info, context->exits.at[i]->state);
}

void lean_on(struct solver *solver, const struct context *context)
{
	unsigned on = context->checked ? context->checked : context->leans;

	if (on && on < solver->leans)
		solver->leans = on;
}

unsigned lean_begin(struct solver *solver)
{
	unsigned before = solver->leans;

	solver->leans = NOT_LEANING;
	return before;
}

void lean_end(struct solver *solver, struct context *context, unsigned before)
{
	/* On itself, or on nobody: what leans on it stands with it. */
	if (solver->leans > solver->checking) {
		solver->leans = before;
		return;
	}
	context->leans = solver->leans;
	VEC_PUSH(&solver->leaning, context);
	if (before < solver->leans)
		solver->leans = before;
}

/* The first @n that lean do so on somebody who is still looked at. */
static void confirm(struct solver *solver, unsigned n)
{
	while (solver->leaning.n > n)
		solver->leaning.at[--solver->leaning.n]->leans = 0;
}

/* The same for those whose support is gone. */
static void topple(struct solver *solver, unsigned n)
{
	while (solver->leaning.n > n) {
		struct context *context =
			solver->leaning.at[--solver->leaning.n];

		context->leans = 0;
		solver->counts.nodes -= context->nodes.n;
		empty(context);
		context_restart(solver, context);
	}
}

static void enter_again(struct solver *solver, struct context *context,
			struct caller *by);

/* Enters what @context entered before; false if not the same comes out of it. */
static bool check_calls(struct solver *solver, struct context *context)
{
	unsigned i;

	for (i = 0; i < context->calls.n; i++) {
		struct caller *call = context->calls.at[i];
		struct context *callee = call->callee;

		if (callee->aside)
			enter_again(solver, callee, call);
		else
			VEC_PUSH(&callee->callers, call);
		if (callee->doubt && (callee->active || callee->differs))
			return false;
		lean_on(solver, callee);
	}
	return true;
}

static void keep_exits(struct context *context)
{
	context->nbefore = context->exits.n;
	context->before = arena_copy(&solve_arena, context->exits.at,
				     context->nbefore *
				     sizeof(*context->exits.at));
}

static bool is_as_it_was(struct solver *solver, struct context *context)
{
	bool same;

	context->checked = ++solver->checking;
	same = !context->stale && check_calls(solver, context);
	context->checked = 0;
	solver->checking--;
	return same;
}

static void enter_again(struct solver *solver, struct context *context,
			struct caller *by)
{
	unsigned n = solver->leaning.n, leans = lean_begin(solver);

	context->aside = context->root = context->differs = false;
	context->distance = ~0u;
	context->first = NULL;
	context->callers.n = 0;
	context_add(solver, context);
	if (by)
		VEC_PUSH(&context->callers, by);
	if (context->doubt)
		keep_exits(context);
	if (is_as_it_was(solver, context)) {
		stands(solver, context);
		if (solver->leans > solver->checking)
			confirm(solver, n);
	} else {
		topple(solver, n);
		empty(context);
		context_begin(solver, context);
		context->differs = differs(context);
	}
	lean_end(solver, context, leans);
}

struct context *context_again(struct solver *solver, struct info *info,
			      const struct state *entry, unsigned hash)
{
	unsigned i;

	for (i = 0; i < info->aside.n; i++) {
		struct context *context = info->aside.at[i];

		if (!context->aside || context->hash != hash ||
		    !state_equal(context->entry, entry))
			continue;
		enter_again(solver, context, NULL);
		return context;
	}
	return NULL;
}
