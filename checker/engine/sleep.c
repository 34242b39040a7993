// SPDX-License-Identifier: GPL-2.0-only
/* Who sleeps, or waits for memory, where he must not: who is to blame. */

#include "climb.h"
#include "reach.h"
#include "sleep.h"

#include <string.h>

struct search {
	struct climb climb;
	const char *rule;
	const struct lock_class *cls;	/* that it sleeps under */
};

/* Of a rule's marks, or of what is no mark. */
static bool is_of(const struct lock_class *cls, const char *rule, bool of_marks)
{
	return of_marks ? cls->rule && !strcmp(cls->rule, rule) : !cls->rule;
}

static bool minds(const struct hold *hold, const struct event *event)
{
	const struct flavour *flavour = hold->cls->flavour;

	return flavour && (flavour->atomic ||
			   (flavour->noreclaim && event->effect->reclaims));
}

/*
 * Of several the one that was taken here, for the shortest story. Who yields a
 * lock sleeps without that one.
 */
static const struct hold *minding_hold(const struct event *event,
				       const char *rule, bool of_marks)
{
	const struct work *work = event->work;
	const struct hold *found = NULL;
	unsigned i;

	for (i = 0; i < work->holds.n; i++) {
		const struct hold *hold = &work->holds.at[i];

		if (hold != event->hold && is_of(hold->cls, rule, of_marks) &&
		    minds(hold, event) && (!found || !hold->on_entry))
			found = hold;
	}
	return found;
}

static void report(struct climb *climb, const struct caller *caller,
		   const struct context *callee)
{
	const struct search *search = (const struct search *)climb;
	const struct event *event = climb->event;
	const struct function *fn = caller ? caller->context->fn
					   : event->context->fn;
	const char *name = caller ? callee->fn->name : event->callee->name;
	struct finding *finding;

	finding = finding_add(climb->findings, search->rule, fn,
			      caller ? caller->insn->line : event->line,
			      caller ? caller->insn->col : event->col,
			      "%s() may %s under %s", name,
			      search->cls->flavour->atomic ? "sleep"
			      : "wait for memory", search->cls->name);
	if (!finding)
		return;
	finding->about = name;
	finding_note(finding, event->context->fn, event->line, event->col,
		     "sleeps here: %s()%s", event->callee->name,
		     row_text(event->effect->row));
	if (search->cls->mark_row)
		finding_note(finding, event->context->fn, event->line,
			     event->col, "%s means%s", search->cls->name,
			     row_text(search->cls->mark_row));
	finding_holds(finding, event->work);
	climb_path(climb, finding);
}

static bool drops_there(struct link *link, const struct insn *insn,
			const struct lock_class *cls)
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];

		if (effect->verb == VERB_DROP &&
		    effect_class(link, insn, effect) == cls)
			return true;
	}
	return false;
}

/* A function that drops the lock itself: it knows that it has it. */
static bool drops(const struct function *fn, const struct search *search)
{
	struct link *link = search->climb.event->solver->link;
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			if (drops_there(link, &fn->blocks[b].insns[i],
					search->cls))
				return true;
	return false;
}

/* A function that others call outside of that section. */
static bool is_entered_without(const struct info *info,
			       const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (!entered_with(info->contexts.at[i], cls))
			return true;
	return false;
}

/*
 * Where nobody may sleep on entry, a callee that does is itself at fault; unless
 * the lock is its very caller's, who has taken it, or drops it at other times.
 */
static bool is_for_callers(const struct search *search,
			   const struct context *context)
{
	unsigned i;

	/* It is its own word. */
	if (context->info->quiet == search->cls)
		return false;
	if (context->info->called_free)
		return true;
	if (is_mark(search->cls))
		return is_entered_without(context->info, search->cls);
	for (i = 0; i < context->callers.n; i++) {
		const struct caller *caller = context->callers.at[i];

		if (!entered_with(caller->context, search->cls) ||
		    drops(caller->context->fn, search))
			return true;
	}
	return false;
}

/* Up to the function that holds the lock and did not find it held. */
static bool goes_on(const struct climb *climb, const struct caller *caller,
		    const struct context *callee)
{
	const struct search *search = (const struct search *)climb;

	(void)callee;
	return entered_with(caller->context, search->cls) &&
	       is_for_callers(search, caller->context) &&
	       !drops(caller->context->fn, search);
}

void check_sleep(struct findings *findings, const struct event *event,
		 const char *rule, bool of_marks)
{
	const struct hold *hold;
	struct search search = {
		.climb = {
			.findings = findings, .event = event,
			.goes_on = goes_on, .blame = report,
		},
		.rule = rule,
	};

	if ((event->kind != EVENT_SLEEP && event->kind != EVENT_YIELD) ||
	    work_holds(event->work, "warned"))
		return;
	hold = minding_hold(event, rule, of_marks);
	if (!hold)
		return;
	search.cls = hold->cls;
	if (hold->on_entry && is_for_callers(&search, event->context))
		climb_from(&search.climb, event->context);
	else
		report(&search.climb, NULL, NULL);
}

bool is_sleep(const struct effect *effect)
{
	return effect->verb == VERB_SLEEP;
}
