// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an assert, an annotation or a contract row asks to be held is held, in
 * just that mode, on every path from every caller.
 */

#include "rule.h"

#include <stdio.h>

/* What was asked for and not there. */
struct lack {
	const struct lock_class *cls;
	enum mode mode;
	const char *text;		/* of a condition, where no one lock is meant */
};

static bool entered_with(const struct context *context, const struct lack *lack)
{
	unsigned i;

	for (i = 0; lack->cls && i < context->entry->nholds; i++) {
		const struct hold *hold = &context->entry->holds[i];

		if (hold->cls == lack->cls &&
		    (lack->mode == MODE_ANY || hold->mode == lack->mode))
			return true;
	}
	return false;
}

/* True if somebody calls @info's function as it wants to be called. */
static bool has_good_caller(const struct info *info, const struct lack *lack)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (entered_with(info->contexts.at[i], lack))
			return true;
	return false;
}

static void report(struct findings *findings, const struct event *event,
		   const struct lack *lack, const struct caller *caller)
{
	const struct function *fn = caller ? caller->context->fn
					   : event->context->fn;
	unsigned line = caller ? caller->insn->line : event->line;
	unsigned col = caller ? caller->insn->col : event->col;
	struct finding *finding;

	if (caller)
		finding = finding_add(findings, "lock-held", fn, line, col,
			"%s() is called without %s",
			caller->insn->value->op == EXPR_FUNCTION
			? caller->insn->value->symbol->name
			: event->context->fn->name, lack->text);
	else
		finding = finding_add(findings, "lock-held", fn, line, col,
				      "%s is not held here", lack->text);
	if (!finding)
		return;
	finding_note(finding, event->context->fn, event->line, event->col,
		     "needs: %s%s", lack->text,
		     row_text(event->effect ? event->effect->row : NULL));
	finding_holds(finding, event->work);
	finding_path(finding, event->context, event->node);
}

/*
 * Who is to blame: climb from the assert to callers as long as the function at
 * hand is also called by somebody who does hold the lock, so that it is its
 * callers' duty.
 */
struct climb {
	struct findings *findings;
	const struct event *event;
	const struct lack *lack;
	unsigned mark;
};

static void blame(struct climb *climb, struct context *context)
{
	unsigned i;

	if (context->mark == climb->mark)
		return;
	context->mark = climb->mark;
	for (i = 0; i < context->callers.n; i++) {
		struct caller *caller = context->callers.at[i];

		/* One that had it gave it up before the call. */
		if (!entered_with(caller->context, climb->lack) &&
		    has_good_caller(caller->context->info, climb->lack))
			blame(climb, caller->context);
		else
			report(climb->findings, climb->event, climb->lack,
			       caller);
	}
}

static void check(struct findings *findings, const struct event *event)
{
	static unsigned marks;
	struct lack lack = { event->cls, event->mode, NULL };
	struct climb climb;

	if (event->kind != EVENT_NEED && event->kind != EVENT_CHECK)
		return;
	if (event->verdict != 0)
		return;
	if (event->kind == EVENT_CHECK) {
		lack.cls = NULL;
		lack.text = "what its assert asks for";
	} else {
		lack.text = lock_text(event->cls, event->mode);
	}
	climb = (struct climb){ findings, event, &lack, ++marks };
	blame(&climb, event->context);
}

RULE(lock_held, "lock-held", "what a contract asks to be held is held", check,
     NULL);
