// SPDX-License-Identifier: GPL-2.0-only
/*
 * What functions do to locks whichever way they go: keep what they took, drop what
 * their callers hold, yield it.  No guess: all ways out of all that was solved.
 */

#include "outcome.h"
#include "balance.h"

#include <stdlib.h>

bool is_told_of(const struct outcome *o, const struct lock_class *cls)
{
	const struct flavour *flavour = cls->flavour;

	return flavour && !flavour->mark && !flavour->loose &&
	       !flavour->reentrant && (o->mainline || !flavour->sleeps);
}

static bool is_over_params(const struct term *t)
{
	switch (t->kind) {
	case TERM_PARAM: case TERM_GLOBAL:
		return true;
	case TERM_FIELD: case TERM_LOAD:
		return is_over_params(t->a);
	default:
		return false;
	}
}

const char *lock_said(const struct function *fn, const struct hold *hold)
{
	char text[300] = "&";

	if (!hold->at || hold->frame || hold->many || hold->depth != 1 ||
	    !is_over_params(hold->at))
		return NULL;
	term_print(fn, hold->at, text + 1, sizeof(text) - 1);
	return intern(text);
}

const struct hold *hold_of(const struct state *state,
			   const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < state->nholds; i++)
		if (state->holds[i].cls == cls)
			return &state->holds[i];
	return NULL;
}

void outcome_add(struct outcome *o, const struct function *fn, const char *word,
		 const char *first, const char *second)
{
	struct proposal proposal = {
		.word = intern(word), .args = { first, second },
		.nargs = second ? 2 : 1,
	};

	while (o->analysis->program->functions.at[proposal.fn] != fn)
		proposal.fn++;
	VEC_PUSH(&o->proposals->all, proposal);
}

/* The source has no words of its own there. */
static bool is_ours(const struct outcome *o, const struct function *fn)
{
	const struct proposals *proposals = o->proposals;
	unsigned i;

	if (!fn->symbol || fn->symbol->def != fn)
		return false;
	for (i = 0; i < proposals->all.n; i++)
		if (proposals->all.at[i].attr == fn->attrs)
			break;
	return !fn->nattrs || i < proposals->all.n;
}

/* Taken and kept, or dropped: by every way out, in one mode */

bool is_moved(const struct context *context, const struct state *has,
	      const struct state *lacks, const struct move *move)
{
	const struct hold *hold = hold_of(has, move->cls);

	return hold && !hold_of(lacks, move->cls) && hold->mode == move->mode &&
	       lock_said(context->fn, hold) == move->said;
}

static bool is_always(const struct info *info, const struct move *move)
{
	unsigned i, k;

	for (i = 0; i < info->contexts.n; i++) {
		const struct context *context = info->contexts.at[i];

		if (context->capped)
			return false;
		for (k = 0; k < context->exits.n; k++) {
			const struct state *in = context->entry;
			const struct state *out = context->exits.at[k]->state;

			if (!is_moved(context, move->drops ? in : out,
				      move->drops ? out : in, move))
				return false;
		}
	}
	return true;
}

static void tell_moves(struct outcome *o, const struct context *context,
		       const struct state *state, bool drops)
{
	unsigned i;

	for (i = 0; i < state->nholds; i++) {
		const struct hold *hold = &state->holds[i];
		struct move move = {
			hold->cls, lock_said(context->fn, hold), hold->mode,
			drops,
		};

		if (!move.said || hold->asserted || !is_told_of(o, hold->cls) ||
		    hold->on_entry != drops ||
		    !is_always(context->info, &move))
			continue;
		if (hold->cls->flavour->shared && hold->mode == MODE_READ)
			outcome_add(o, context->fn,
				    drops ? "release_shared_capability"
				    : "acquire_shared_capability",
				    move.said, NULL);
		else if (hold->mode == MODE_WRITE)
			outcome_add(o, context->fn, drops ? "release_capability"
				    : "acquire_capability", move.said, NULL);
	}
}

/* Yielded: dropped and taken again, by itself or by whom it calls */

static void note_yield(struct outcome *o, const struct context *context,
		       const struct lock_class *cls)
{
	struct yield yield = { context, cls };
	unsigned i;

	for (i = 0; i < o->yields.n; i++)
		if (o->yields.at[i].context == context &&
		    o->yields.at[i].cls == cls)
			return;
	VEC_PUSH(&o->yields, yield);
}

static bool is_held_at_exits(const struct context *context,
			     const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < context->exits.n; i++)
		if (!hold_of(context->exits.at[i]->state, cls))
			return false;
	return context->exits.n;
}

static void watch_yields(void *data, const struct event *event)
{
	struct outcome *o = data;

	if ((event->kind != EVENT_YIELD && event->kind != EVENT_DROP) ||
	    !event->hold || !event->hold->on_entry || event->hold->depth > 1 ||
	    work_holds(event->work, "warned"))
		return;
	if (event->kind == EVENT_YIELD ||
	    is_held_at_exits(event->context, event->cls))
		note_yield(o, event->context, event->cls);
}

static void spread_yields(struct outcome *o)
{
	unsigned i, k;

	for (i = 0; i < o->yields.n; i++) {
		struct yield yield = o->yields.at[i];

		for (k = 0; k < yield.context->callers.n; k++) {
			const struct caller *caller =
				yield.context->callers.at[k];
			const struct hold *hold =
				hold_of(caller->node->state, yield.cls);

			if (hold && hold->on_entry)
				note_yield(o, caller->context, yield.cls);
		}
	}
}

static bool yields_in(const struct outcome *o, const struct context *context,
		      const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < o->yields.n; i++)
		if (o->yields.at[i].context == context &&
		    o->yields.at[i].cls == cls)
			return true;
	return false;
}

/* What the bool @param is on entry: 1, 0, or nobody knows. */
static int flag_of(const struct context *context, unsigned param)
{
	const struct state *entry = context->entry;
	unsigned i;

	for (i = 0; i < entry->nvals; i++)
		if (entry->vals[i].var == param &&
		    entry->vals[i].value->kind == TERM_INT)
			return entry->vals[i].value->value != 0;
	return -1;
}

/* The parameter that is true wherever it yields, and false somewhere. */
static const char *yields_by(const struct outcome *o, const struct info *info,
			     const struct lock_class *cls)
{
	const struct function *fn = info->fn;
	unsigned i, k;

	for (k = 0; k < fn->nparams; k++) {
		bool told = fn->vars[k].type->is_choice, told_not = false;

		for (i = 0; told && i < info->contexts.n; i++) {
			const struct context *context = info->contexts.at[i];
			int flag = flag_of(context, k);

			told = !yields_in(o, context, cls) || flag == 1;
			told_not |= flag == 0;
		}
		if (told && told_not)
			return fn->vars[k].name;
	}
	return NULL;
}

static const char *yield_said(const struct yield *yield)
{
	const struct hold *hold = hold_of(yield->context->entry, yield->cls);

	return hold ? lock_said(yield->context->fn, hold) : NULL;
}

/* The first of its function and lock, if all of these say it in the same words. */
static const char *said_by_all(const struct outcome *o, unsigned first)
{
	const struct yield *it = &o->yields.at[first];
	const char *said = yield_said(it);
	unsigned i;

	for (i = 0; said && i < o->yields.n; i++) {
		const struct yield *other = &o->yields.at[i];

		if (i != first && other->context->info == it->context->info &&
		    other->cls == it->cls &&
		    (i < first || yield_said(other) != said))
			return NULL;
	}
	return said;
}

static void tell_yields(struct outcome *o)
{
	unsigned i;

	for (i = 0; i < o->yields.n; i++) {
		const struct context *context = o->yields.at[i].context;
		const struct lock_class *cls = o->yields.at[i].cls;
		const char *said = said_by_all(o, i), *flag;

		if (!said || !is_told_of(o, cls) || !is_ours(o, context->fn))
			continue;
		flag = yields_by(o, context->info, cls);
		outcome_add(o, context->fn, flag ? "yields_if" : "yields",
			    flag ? flag : said, flag ? said : NULL);
	}
}

void propose_outcomes(struct analysis *analysis, struct proposals *proposals,
		      bool mainline)
{
	struct outcome o = {
		.analysis = analysis, .proposals = proposals,
		.mainline = mainline,
	};
	struct link *link = analysis->solver->link;
	unsigned i;

	for (i = 0; i < link->n; i++) {
		const struct info *info = info_of(link->functions[i]);
		const struct context *context;

		if (!info->contexts.n || !is_ours(&o, info->fn))
			continue;
		context = info->contexts.at[0];
		tell_moves(&o, context, context->entry, true);
		if (context->exits.n)
			tell_moves(&o, context, context->exits.at[0]->state,
				   false);
		tell_returned(&o, info);
		tell_left(&o, info);
	}
	replay(analysis->solver, watch_yields, &o);
	spread_yields(&o);
	tell_yields(&o);
	free(o.yields.at);
}
