// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a function takes it drops on every path, unless its callers show the
 * pair; and what it drops it holds, in that mode.
 */

#include "balance.h"
#include "balanced.h"
#include "climb.h"
#include "needs.h"
#include "several.h"

#include <string.h>

#define LOCKS	"lock-balance"	/* the rule of what has none of its own */

static const char *rule_of(const struct lock_class *cls)
{
	return cls->rule ? cls->rule : LOCKS;
}

static bool is_of(const struct lock_class *cls, const char *rule)
{
	return !strcmp(rule_of(cls), rule);
}

/* Ways out */

/* The hold that there is too much of: one that was not there on entry. */
static const struct hold *surplus(const struct work *w,
				  const struct lock_class *cls)
{
	const struct hold *found = NULL;
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].cls == cls &&
		    (!found || found->on_entry))
			found = &w->holds.at[i];
	return found;
}

static void say_surplus(struct findings *findings, const struct event *event,
			const struct lock_class *cls)
{
	const struct function *fn = event->context->fn;
	const struct hold *hold = surplus(event->work, cls);
	struct finding *finding;

	finding = finding_add(findings, rule_of(cls), fn, event->line,
			      event->col, "%s() returns with %s held", fn->name,
			      lock_text(cls, hold->mode));
	if (!finding)
		return;
	if (hold->fn)
		finding_note(finding, hold->fn, hold->line, hold->col,
			     "taken here, in %s(), and not dropped on this path",
			     hold->fn->name);
	finding_path(finding, event->context, event->node);
}

static void say_loss(struct findings *findings, const struct event *event,
		     const struct lock_class *cls)
{
	const struct function *fn = event->context->fn;
	struct finding *finding;

	finding = finding_add(findings, rule_of(cls), fn, event->line,
			      event->col,
			      "%s() returns without %s, which its caller holds",
			      fn->name, cls->name);
	if (finding)
		finding_path(finding, event->context, event->node);
}

static void say_change(struct findings *findings, const struct event *event,
		       const struct lock_class *cls)
{
	const struct function *fn = event->context->fn;
	const struct hold *hold = work_holds(event->work, cls->name);
	struct finding *finding;

	finding = finding_add(findings, rule_of(cls), fn, event->line,
			      event->col,
			      "%s() returns with %s held, but was not called with it",
			      fn->name, lock_text(cls, hold->mode));
	if (!finding)
		return;
	if (hold->fn)
		finding_note(finding, hold->fn, hold->line, hold->col,
			     "taken here, in %s()", hold->fn->name);
	finding_path(finding, event->context, event->node);
}

static void check_way_out(struct findings *findings, const struct event *event,
			  const char *rule)
{
	const struct work *w = event->work;
	struct imbalance found[MAX_IMBALANCES];
	struct range ret = w->ret ? range_of(w, w->ret) : RANGE_ALL;
	unsigned n, i;

	n = exit_imbalances(event->solver->link, event->context, w->holds.at,
			    w->holds.n, ret, found);
	for (i = 0; i < n; i++) {
		if (!found[i].is_leak || !is_of(found[i].cls, rule))
			continue;
		if (found[i].net > 0)
			say_surplus(findings, event, found[i].cls);
		else if (found[i].net < 0)
			say_loss(findings, event, found[i].cls);
		else
			say_change(findings, event, found[i].cls);
	}
}

/* Drops */

static bool has_good_caller(const struct info *info,
			    const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (entered_with(info->contexts.at[i], cls))
			return true;
	return false;
}

/* It drops those of many objects, its own or its caller's; there may be none. */
static bool drops_crowds(const struct info *info, const struct lock_class *cls)
{
	unsigned i, n;

	if (drops_several(info->fn, cls))
		return true;
	for (i = 0; i < info->contexts.n; i++) {
		const struct context *context = info->contexts.at[i];

		if (has_crowd(context->entry, cls))
			return true;
		for (n = 0; n < context->nodes.n; n++)
			if (has_crowd(context->nodes.at[n]->state, cls))
				return true;
	}
	return false;
}

static const char *verb_of(const struct event *event)
{
	return event->kind == EVENT_YIELD ? "yielded" : "dropped";
}

static void say_drop(struct climb *climb)
{
	const struct event *event = climb->event;
	struct finding *finding;

	finding = finding_add(climb->findings, rule_of(event->cls),
			      event->context->fn, event->line, event->col,
			      "%s is %s, but not held", event->cls->name,
			      verb_of(event));
	if (finding)
		climb_path(climb, finding);
}

static void say_call(struct climb *climb, const struct caller *caller,
		     const struct context *callee)
{
	const struct event *event = climb->event;
	struct finding *finding;

	if (!caller)
		return;
	finding = finding_add(climb->findings, rule_of(event->cls),
			      caller->context->fn, caller->insn->line,
			      caller->insn->col,
			      "%s() is called without %s, which is %s in it",
			      callee->fn->name, event->cls->name,
			      verb_of(event));
	if (!finding)
		return;
	finding_note(finding, event->context->fn, event->line, event->col,
		     "%s here", verb_of(event));
	climb_path(climb, finding);
}

/* Up, as long as it was for callers to hold the lock: others of them do. */
static bool goes_on(const struct climb *climb, const struct caller *caller,
		    const struct context *callee)
{
	(void)callee;
	return has_good_caller(caller->context->info, climb->event->cls);
}

static void say_mode(struct findings *findings, const struct event *event)
{
	const struct hold *hold = event->hold;
	struct finding *finding;

	finding = finding_add(findings, rule_of(event->cls), event->context->fn,
			      event->line, event->col,
			      "%s is %s for %s, but held for %s",
			      event->cls->name, verb_of(event),
			      mode_name(event->mode), mode_name(hold->mode));
	if (!finding)
		return;
	if (hold->fn)
		finding_note(finding, hold->fn, hold->line, hold->col,
			     "%s here, in %s()",
			     hold->asserted ? "asserted" : "taken",
			     hold->fn->name);
	finding_path(finding, event->context, event->node);
}

/* A lock that was taken twice is told of there; either mode may be dropped. */
static bool other_mode(const struct event *event)
{
	return event->hold->depth < 2 && event->cls->flavour->shared &&
	       event->mode != MODE_ANY &&
	       event->mode != MODE_NONE && event->hold->mode != MODE_ANY &&
	       event->hold->mode != event->mode;
}

/* Interrupts go on, where somebody further out still wants them off. */
static void say_whole(struct findings *findings, const struct event *event)
{
	const struct hold *hold = event->hold;
	struct finding *finding;

	finding = finding_add(findings, rule_of(event->cls), event->context->fn,
			      event->line, event->col,
			      "%s() ends %s that was begun twice",
			      event->callee->name, event->cls->name);
	if (!finding)
		return;
	if (hold->fn)
		finding_note(finding, hold->fn, hold->line, hold->col,
			     "begun here, in %s()", hold->fn->name);
	finding_path(finding, event->context, event->node);
}

static void check_drop(struct findings *findings, const struct event *event)
{
	struct climb climb = {
		.findings = findings, .event = event,
		.goes_on = goes_on, .blame = say_call,
	};

	if (!event->cls->flavour || event->cls->flavour->loose ||
	    work_holds(event->work, "warned"))
		return;
	if (event->hold) {
		if (other_mode(event))
			say_mode(findings, event);
		else if (event->effect->whole && event->hold->depth > 1)
			say_whole(findings, event);
		return;
	}
	if (event->cls->flavour->idle ||
	    drops_crowds(event->context->info, event->cls))
		return;
	if (!event->context->in_sight &&
	    !is_taken_before(event->solver->link, event->context->fn,
			     event->insn, event->cls))
		return;
	if (has_good_caller(event->context->info, event->cls) &&
	    !entered_with(event->context, event->cls))
		climb_from(&climb, event->context);
	else
		say_drop(&climb);
}

/* Takes */

/* A variable still has the object of the round before: hand over hand. */
static bool is_still_named(struct work *w, const struct term *object)
{
	unsigned i;

	each_val(w, i)
		if (w->vals[i] == object)
			return true;
	return false;
}

static const struct term *object_of(const struct hold *hold)
{
	const struct term *at = hold->at;

	while (at && (at->kind == TERM_FIELD || at->kind == TERM_LOAD))
		at = at->a;
	return at;
}

/*
 * A loop that takes the lock of one object after another and drops it in each round
 * comes back with that of the last still held.
 */
static void check_rounds(struct findings *findings, const struct event *event)
{
	const struct function *fn = event->context->fn;
	unsigned i;

	for (i = 0; i < event->work->holds.n; i++) {
		const struct hold *hold = &event->work->holds.at[i];
		const struct term *object = object_of(hold);
		struct finding *finding;

		if (hold->cls != event->cls || hold->fn != fn ||
		    hold->line != event->line || hold->col != event->col ||
		    !object || object->kind != TERM_OLD ||
		    is_still_named((struct work *)event->work, object) ||
		    takes_for_several(fn, event->cls) ||
		    !is_dropped_in_loop(event->solver->link, fn, event->insn,
					event->cls))
			continue;
		finding = finding_add(findings, rule_of(event->cls), fn,
				      event->line, event->col,
				      "%s of one object is taken, and that of the last is not dropped",
				      event->cls->name);
		if (finding)
			finding_path(finding, event->context, event->node);
		return;
	}
}

void check_balance(struct findings *findings, const struct event *event,
		   const char *rule)
{
	if (event->kind == EVENT_RETURN)
		check_way_out(findings, event, rule);
	else if (event->kind == EVENT_TAKE && is_of(event->cls, rule))
		check_rounds(findings, event);
	else if ((event->kind == EVENT_DROP || event->kind == EVENT_YIELD) &&
		 is_of(event->cls, rule))
		check_drop(findings, event);
}

void check_reference(struct findings *findings, const struct event *event,
		     const char *rule)
{
	check_balance(findings, event, rule);
	check_protocol(findings, event, rule);
}
