// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is held at each step.  A function is solved with what it has to do with;
 * what its callers hold besides, it cannot drop either: so that is carried along.
 */

#include "html.h"

#include <string.h>

/* Looking it up */

static void want(struct html *html, const struct caller *caller,
		 const struct finding *finding)
{
	struct html_call call = { .caller = caller, .finding = finding };
	unsigned i;

	for (i = 0; caller && i < html->calls.n; i++)
		if (html->calls.at[i].caller == caller)
			return;
	VEC_PUSH(&html->calls, call);
}

static bool is_meant(const struct html_call *call, const struct event *event)
{
	if (call->caller)
		return event->kind == EVENT_CALL &&
		       call->caller->context == event->context &&
		       call->caller->insn == event->insn &&
		       call->caller->node == event->node;
	return call->finding->context == event->context &&
	       call->finding->line == event->line &&
	       call->finding->col == event->col;
}

static void watch(void *data, const struct event *event)
{
	struct html *html = data;
	unsigned i;

	for (i = 0; i < html->calls.n; i++) {
		struct html_call *call = &html->calls.at[i];

		if (call->known || !is_meant(call, event))
			continue;
		call->n = event->work->holds.n;
		call->holds = arena_copy(&run_arena, event->work->holds.at,
					 call->n * sizeof(*call->holds));
		call->known = true;
	}
}

void html_held_find(struct html *html)
{
	unsigned i, k;

	for (i = 0; i < html->shown.n; i++) {
		const struct finding *finding = html->shown.at[i];

		for (k = 0; k < finding->path.n; k++)
			if (finding->path.at[k].caller)
				want(html, finding->path.at[k].caller, NULL);
		want(html, NULL, finding);
	}
	if (html->calls.n)
		replay(html->analysis->solver, watch, html);
}

/* Sets of holds: several of a class in a mode are one */

static bool has(const struct html_holds *holds, const struct hold *hold)
{
	unsigned i;

	for (i = 0; i < holds->n; i++)
		if (holds->at[i].cls == hold->cls &&
		    holds->at[i].mode == hold->mode)
			return true;
	return false;
}

/* @a without what is in @but, and @b behind it */
static struct html_holds join(const struct html_holds *a,
			      const struct html_holds *but,
			      const struct html_holds *b)
{
	struct hold *at = arena_array(&run_arena, struct hold, a->n + b->n + 1);
	struct html_holds all = { at, 0 };
	unsigned i;

	for (i = 0; i < a->n; i++)
		if (!has(but, &a->at[i]) && !has(&all, &a->at[i]))
			at[all.n++] = a->at[i];
	for (i = 0; i < b->n; i++)
		if (!has(&all, &b->at[i]))
			at[all.n++] = b->at[i];
	return all;
}

/* Marks */

static void mark(FILE *out, const struct hold *hold, const char *look)
{
	fprintf(out, "<span class=\"hold%s\" title=\"", look);
	if (hold->fn && hold->line) {
		fputs(hold->asserted ? "asserted at " : "from ", out);
		html_text(out, hold->fn->file);
		fprintf(out, ":%u in ", hold->line);
		html_text(out, hold->fn->name);
		fputs("()", out);
	} else {
		fputs("held by who calls", out);
	}
	fputs("\">", out);
	html_text(out, lock_text(hold->cls, hold->mode));
	fputs("</span>", out);
}

static void print_marks(const struct html_holds *now,
			const struct html_holds *before, FILE *out)
{
	unsigned i;

	fputs("<span class=holds>", out);
	for (i = 0; i < now->n; i++)
		mark(out, &now->at[i], has(before, &now->at[i]) ? "" : " new");
	for (i = 0; i < before->n; i++)
		if (!has(now, &before->at[i]))
			mark(out, &before->at[i], " gone");
	if (!now->n)
		fputs("<span class=\"hold none\">nothing held</span>", out);
	fputs("</span>\n", out);
}

static bool look_up(const struct html *html, const struct caller *caller,
		    const struct finding *finding, struct html_holds *holds)
{
	unsigned i;

	for (i = 0; i < html->calls.n; i++) {
		const struct html_call *call = &html->calls.at[i];

		if (!call->known || call->caller != caller ||
		    call->finding != finding)
			continue;
		*holds = (struct html_holds){ call->holds, call->n };
		return true;
	}
	return false;
}

static void go_on(struct html_held *held, const struct html_holds *own,
		  FILE *out)
{
	struct html_holds before = held->now;

	held->now = join(&held->outside, own, own);
	print_marks(&held->now, &before, out);
}

void html_held_step(const struct html *html, struct html_held *held,
		    const struct step *step, FILE *out)
{
	static const struct html_holds none;
	struct html_holds entry, own;

	if (!step->state)
		return;
	entry = (struct html_holds){ step->state->holds, step->state->nholds };
	if (!step->caller || !look_up(html, step->caller, NULL, &own))
		own = entry;
	go_on(held, &own, out);
	if (step->kind == STEP_CALL)
		held->outside = join(&held->now, &entry, &none);
}

void html_held_end(const struct html *html, struct html_held *held,
		   const struct finding *finding, FILE *out)
{
	struct html_holds own;

	if (look_up(html, NULL, finding, &own))
		go_on(held, &own, out);
	else if (held->there.at)
		print_marks(&held->there, &held->there, out);
}
