// SPDX-License-Identifier: GPL-2.0-only
/*
 * A member with a declared guard is written only under it, unless nobody else
 * knows the object yet.
 */

#include "rule.h"

#include <stdio.h>
#include <string.h>

static bool holds(const struct work *work, const struct guard_need *need)
{
	unsigned i;

	for (i = 0; i < work->holds.n; i++) {
		const struct hold *hold = &work->holds.at[i];

		if (hold->cls == need->cls &&
		    (need->mode == MODE_ANY || hold->mode == MODE_ANY ||
		     hold->mode == need->mode))
			return true;
	}
	return false;
}

static bool is_open(const struct work *work, const struct guard_way *way)
{
	unsigned i;

	for (i = 0; i < way->needs.n; i++)
		if (!holds(work, &way->needs.at[i]))
			return false;
	return true;
}

static bool is_guarded(const struct work *work, const struct guard *guard)
{
	unsigned i;

	for (i = 0; i < guard->ways.n; i++)
		if (is_open(work, &guard->ways.at[i]))
			return true;
	return false;
}

static bool is_meant(const struct guard *guard, const struct event *event)
{
	int truth;

	if (guard->pointed != event->pointed)
		return false;
	if (event->kind == EVENT_LOAD)
		return guard->event == GUARD_READ;
	if (guard->pointed)
		return guard->event == GUARD_WRITE;
	truth = truth_of(event->work, event->value);
	switch (guard->event) {
	case GUARD_WRITE:
		return true;
	case GUARD_SET:
		return truth != 0;
	case GUARD_CLEAR:
		return truth == 0;
	default:
		return false;
	}
}

static const char *ways_text(const struct guard *guard)
{
	char text[600] = "";
	unsigned i, k;

	for (i = 0; i < guard->ways.n; i++)
		for (k = 0; k < guard->ways.at[i].needs.n; k++) {
			struct guard_need *need = &guard->ways.at[i].needs.at[k];
			size_t len = strlen(text);

			snprintf(text + len, sizeof(text) - len, "%s%s",
				 k ? " and " : i ? ", or " : "",
				 lock_text(need->cls, need->mode));
		}
	return intern(text);
}

/* A guard that is a step of a protocol is a matter of the protocol's rule. */
static const char *rule_of(const struct guard *guard)
{
	const char *rule = guard->ways.at[0].needs.at[0].cls->rule;

	return rule ? rule : "guarded-by";
}

static const struct term *root_of(const struct term *at)
{
	while (at->kind == TERM_FIELD || at->kind == TERM_ELEMENT ||
	       at->kind == TERM_CONTAINER)
		at = at->a;
	return at;
}

static void check(struct findings *findings, const struct event *event)
{
	struct guard_list *guards;
	struct finding *finding;
	unsigned i;

	if ((event->kind != EVENT_STORE && event->kind != EVENT_LOAD) ||
	    term_is_unshared(root_of(event->at)) ||
	    work_holds(event->work, "warned") ||
	    work_holds(event->work, "alone"))
		return;
	guards = &event->solver->link->field_guards[event->field->id];
	for (i = 0; i < guards->n; i++) {
		const struct guard *guard = guards->at[i];

		if (!is_meant(guard, event) || is_guarded(event->work, guard))
			continue;
		finding = finding_add(findings, rule_of(guard),
				      event->context->fn, event->line, event->col,
				      "%s%s is %s without %s",
				      event->pointed ? "what is behind " : "",
				      event->field->key,
				      guard->event == GUARD_SET ? "set" :
				      guard->event == GUARD_READ ? "read" :
				guard->event == GUARD_CLEAR ? "cleared"
				      : "written", ways_text(guard));
		if (!finding)
			continue;
		finding_note(finding, event->context->fn, event->line,
			     event->col, "needs: %s%s", ways_text(guard),
			     row_text(guard->row));
		finding_holds(finding, event->work);
		finding_path(finding, event->context, event->node);
	}
}

static bool is_site(struct link *link, const struct insn *insn)
{
	const struct field *field = stored_field(insn);

	return (field && link->field_guards[field->id].n) ||
	       stored_through(link, insn);
}

RULE(guarded_by, .id = "guarded-by",
     .title = "a member with a guard is written only under it",
     .check = check, .is_site = is_site);
