// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an assert, an annotation or a contract row asks to be held is held, in
 * just that mode, on every path from every caller.
 */

#include "rule.h"

/* What was asked for and not there. */
struct lack {
	const struct lock_class *cls;	/* NULL: a condition, not one lock */
	enum mode mode;
	const char *text;
	const struct hold *wrong;	/* it is held, but not like that */
	bool forbids;			/* it is not to be held at all */
};

struct climb {
	struct findings *findings;
	const struct event *event;
	struct lack lack;
	unsigned mark;
	const struct caller *way[64];	/* from the assert to the one to blame */
	unsigned steps;
};

static bool fits(const struct hold *hold, enum mode mode)
{
	return hold && (mode == MODE_ANY || hold->mode == MODE_ANY ||
			hold->mode == mode);
}

/* True if somebody calls @info's function as it wants to be called. */
static bool has_good_caller(const struct info *info, const struct lack *lack)
{
	unsigned i;

	for (i = 0; lack->cls && i < info->contexts.n; i++)
		if (fits(entered_with(info->contexts.at[i], lack->cls),
			 lack->mode))
			return true;
	return false;
}

static void tell(struct climb *climb, struct finding *finding)
{
	const struct event *event = climb->event;

	VEC_PUSH(&climb->findings->broken, event->insn);
	if (!finding)
		return;
	finding_note(finding, event->context->fn, event->line, event->col,
		     "%s: %s%s", climb->lack.forbids ? "forbids" : "needs",
		     climb->lack.text,
		     row_text(event->effect ? event->effect->row : NULL));
	finding_holds(finding, event->work);
	finding_path_by(finding, climb->way, climb->steps, event->context,
			event->node);
}

/*
 * True if whoever calls from out of sight may well see to it: an exported
 * function may ask its callers for a read section, if not for a lock.
 */
static bool may_be_seen_to(const struct climb *climb,
			   const struct context *caller)
{
	const struct lock_class *cls = climb->lack.cls;

	return !caller->in_sight &&
	       (!cls || (cls->flavour && cls->flavour->counts));
}

static void blame_call(struct climb *climb, const struct caller *caller,
		       const struct context *callee)
{
	if (may_be_seen_to(climb, caller->context))
		return;
	tell(climb, finding_add(climb->findings, "lock-held",
				caller->context->fn, caller->insn->line,
				caller->insn->col, "%s() is called %s %s",
				callee->fn->name,
				climb->lack.forbids ? "with" : "without",
				climb->lack.text));
}

static void blame_here(struct climb *climb)
{
	const struct event *event = climb->event;

	tell(climb, finding_add(climb->findings, "lock-held",
				event->context->fn, event->line, event->col,
				"%s %s", climb->lack.forbids ? "forbids"
				: "needs", climb->lack.text));
}

/*
 * True if it was for @caller's own callers to see to it: they hold the lock in
 * the wrong mode, or other callers of the same function do hold it.
 */
static bool is_callers_duty(const struct climb *climb,
			    const struct context *caller)
{
	const struct lack *lack = &climb->lack;
	const struct hold *hold = lack->cls ? entered_with(caller, lack->cls)
					    : NULL;

	if (lack->forbids)
		return fits(hold, lack->mode);
	if (lack->wrong)
		return hold && !fits(hold, lack->mode);
	return !hold && has_good_caller(caller->info, lack);
}

/*
 * Who is to blame: climb from the assert to callers as long as it is their
 * callers' duty in turn.
 */
static void blame(struct climb *climb, struct context *context)
{
	unsigned i;

	if (context->mark == climb->mark)
		return;
	context->mark = climb->mark;
	for (i = 0; i < context->callers.n; i++) {
		struct caller *caller = context->callers.at[i];

		if (climb->steps == ARRAY_SIZE(climb->way) ||
		    node_is_warned(caller->node))
			continue;
		climb->way[climb->steps++] = caller;
		if (is_callers_duty(climb, caller->context))
			blame(climb, caller->context);
		else
			blame_call(climb, caller, context);
		climb->steps--;
	}
}

/* A contract is for who calls the function to keep; an assert for who called the
 * function that it stands in. */
static bool is_about_call(const struct event *event)
{
	return event->effect && (event->effect->stated || event->callee->def);
}

static bool has_wrong_itself(const struct climb *climb)
{
	return climb->lack.wrong && !climb->lack.wrong->on_entry;
}

static void blame_callee(struct climb *climb)
{
	const struct event *event = climb->event;

	if (may_be_seen_to(climb, event->context))
		return;
	tell(climb, finding_add(climb->findings, "lock-held",
				event->context->fn, event->line, event->col,
				"%s() is called %s %s", event->callee->name,
				climb->lack.forbids ? "with" : "without",
				climb->lack.text));
}

static void check(struct findings *findings, const struct event *event)
{
	static unsigned marks;
	struct climb climb = {
		.findings = findings, .event = event, .mark = ++marks,
		.lack = {
			.cls = event->cls, .mode = event->mode,
			.wrong = event->hold,
		},
	};

	if (event->kind != EVENT_NEED && event->kind != EVENT_FORBID &&
	    event->kind != EVENT_BROKEN)
		return;
	/* Where the kernel itself says that something is wrong, it is. */
	if (event->verdict != 0 || work_holds(event->work, "warned"))
		return;
	if (event->kind == EVENT_BROKEN) {
		climb.lack.cls = NULL;
		climb.lack.wrong = NULL;
		climb.lack.text = "what its assert asks for";
	} else {
		climb.lack.text = lock_text(event->cls, event->mode);
		climb.lack.forbids = event->kind == EVENT_FORBID;
	}
	/* Taken wrongly in the function itself: nobody else is to blame. */
	if (is_about_call(event) && (has_wrong_itself(&climb) ||
				     !is_callers_duty(&climb, event->context)))
		blame_callee(&climb);
	else if (has_wrong_itself(&climb))
		blame_here(&climb);
	else
		blame(&climb, event->context);
}

RULE(lock_held, "lock-held", "what a contract asks to be held is held", check,
     NULL);
