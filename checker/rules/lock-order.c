// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks are taken in the declared order, those that are taken inside another
 * never without it, nothing inside a leaf, and no lock by who has it already.
 * Waiting for the readers of a section is taking what readers take.
 */

#include "needs.h"
#include "reach.h"
#include "rule.h"
#include "several.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_lock(const struct lock_class *cls)
{
	return cls->flavour && !cls->flavour->counts;
}

static const struct row *order_row(const struct contracts *contracts,
				   const struct lock_class *taken,
				   const struct lock_class *held)
{
	const struct never *never = never_of(contracts, taken, held);
	unsigned i;

	if (never)
		return never->row;
	if (held->leaf && is_lock(taken))
		return held->leaf_row;
	for (i = 0; i < contracts->orders.n; i++)
		if (contracts->orders.at[i].outer == taken &&
		    contracts->orders.at[i].inner == held)
			return contracts->orders.at[i].row;
	return NULL;
}

static bool is_out_of_order(const struct link *link,
			    const struct lock_class *taken,
			    const struct lock_class *held)
{
	if (taken == held || is_mark(held) || is_late_class(link, taken) ||
	    is_late_class(link, held))
		return false;
	if (held->leaf && !is_lock(taken))
		return false;
	return bit_get(&link->conflicts[held->id], taken->id);
}

/* A row says that here it may be taken all the same. */
static bool is_excepted(const struct link *link, const struct event *event,
			const struct lock_class *held)
{
	const struct never *never = never_of(link->contracts, event->cls, held);

	return never && is_excused(never, event->work);
}

/* It takes what it was passed: its caller knows better what that is. */
static bool takes_param(const struct event *event)
{
	const struct state *entry = event->context->entry;
	unsigned i;

	if (!event->at)
		return false;
	if (event->at->kind == TERM_PARAM)
		return true;
	for (i = 0; i < entry->nvals; i++)
		if (entry->vals[i].var < event->context->fn->nparams &&
		    entry->vals[i].value == event->at)
			return true;
	return false;
}

static struct finding *say_at(struct findings *findings,
			      const struct event *event,
			      const struct caller *caller,
			      const struct row *row, const char *text)
{
	const struct function *fn = caller ? caller->context->fn
					   : event->context->fn;
	unsigned line = caller ? caller->insn->line : event->line;
	unsigned col = caller ? caller->insn->col : event->col;
	struct finding *finding;

	finding = finding_add(findings, "lock-order", fn, line, col, "%s", text);
	if (!finding)
		return NULL;
	if (row)
		finding_note(finding, fn, line, col, "rule: %s%s", row->reason
			     ? row->reason : "declared order", row_text(row));
	finding_holds(finding, event->work);
	finding_path_by(finding, &caller, caller != NULL, event->context,
			event->node);
	return finding;
}

/* @hold is in the way; NULL: there is none that should be. */
static void say(struct findings *findings, const struct event *event,
		const struct hold *hold, const struct row *row, const char *text)
{
	const struct context *context = event->context;
	unsigned i;

	if (!takes_param(event) || !context->callers.n ||
	    (hold && !hold->on_entry)) {
		say_at(findings, event, NULL, row, text);
		return;
	}
	for (i = 0; i < context->callers.n; i++)
		say_at(findings, event, context->callers.at[i], row, text);
}

static void check_again(struct findings *findings, const struct event *event)
{
	const struct flavour *flavour = event->cls->flavour;
	const struct hold *hold = event->hold;
	char text[400];

	if (!hold || !flavour || flavour->counts || hold->asserted ||
	    drops_several(event->context->fn, event->cls))
		return;
	if (hold->mode == MODE_READ && event->mode == MODE_WRITE)
		snprintf(text, sizeof(text), "%s is taken for write by who holds it for read",
			 event->cls->name);
	else
		snprintf(text, sizeof(text), "%s is taken by who holds it already",
			 event->cls->name);
	say(findings, event, hold, NULL, text);
}

static void check_inside(struct findings *findings, const struct event *event)
{
	const struct lock_class *cls = event->cls;
	char text[400];
	unsigned i;

	for (i = 0; i < cls->inside.n; i++) {
		const struct row *row = cls->inside.at[i];

		if (work_holds(event->work, row->subject))
			return;
	}
	if (!cls->inside.n)
		return;
	snprintf(text, sizeof(text), "%s is taken without %s", cls->name,
		 cls->inside.at[0]->subject);
	say(findings, event, NULL, cls->inside.at[0], text);
}

/* A section that is open already: that it is opened again orders nothing. */
static bool is_open_already(const struct event *event)
{
	return event->cls->flavour && event->cls->flavour->counts &&
	       work_holds(event->work, event->cls->name);
}

static void check_take(struct findings *findings, const struct event *event)
{
	const struct link *link = event->solver->link;
	char text[400];
	unsigned i;

	if (event->effect->tries)
		return;
	check_again(findings, event);
	check_inside(findings, event);
	if (is_open_already(event))
		return;
	for (i = 0; i < event->work->holds.n; i++) {
		const struct hold *hold = &event->work->holds.at[i];
		const struct lock_class *held = hold->cls;

		if (!is_out_of_order(link, event->cls, held) ||
		    is_excepted(link, event, held))
			continue;
		snprintf(text, sizeof(text), "%s is taken inside %s",
			 event->cls->name, held->name);
		say(findings, event, hold,
		    order_row(link->contracts, event->cls, held), text);
	}
}

/* Sections: who waits for readers must not hold what readers take. */

struct meeting {
	const struct lock_class *section, *lock;
	struct event event;
	struct finding *finding;	/* as it would read, until it is one */
};

static VEC(struct meeting) taken_by_readers, held_by_waiters;
static struct findings spare;	/* of this round, until they are findings */

static bool is_section(const struct lock_class *cls)
{
	return cls->flavour && cls->flavour->counts && cls->flavour->shared;
}

static void note_reader(const struct lock_class *section,
			const struct lock_class *lock,
			const struct event *event)
{
	unsigned i;

	for (i = 0; i < taken_by_readers.n; i++)
		if (taken_by_readers.at[i].section == section &&
		    taken_by_readers.at[i].lock == lock)
			return;
	VEC_PUSH(&taken_by_readers,
		 ((struct meeting){ section, lock, *event, NULL }));
}

/* What is a member of an object that nobody else has has no readers. */
static bool has_readers(const struct lock_class *section,
			const struct work *work)
{
	return !strchr(section->name, '.') || !work_holds(work, "alone");
}

static void note_waiter(const struct lock_class *section,
			const struct lock_class *lock,
			const struct event *event)
{
	struct finding *finding;
	char text[400];
	unsigned i;

	/* Where a row says that readers do not take it, that row tells who does. */
	if (!has_readers(section, event->work) ||
	    never_of(event->solver->link->contracts, lock, section))
		return;
	for (i = 0; i < held_by_waiters.n; i++)
		if (held_by_waiters.at[i].section == section &&
		    held_by_waiters.at[i].lock == lock &&
		    held_by_waiters.at[i].event.insn == event->insn)
			return;
	snprintf(text, sizeof(text), "readers of %s are waited for under %s, which they take",
		 section->name, lock->name);
	finding = say_at(&spare, event, NULL, NULL, text);
	VEC_PUSH(&held_by_waiters,
		 ((struct meeting){ section, lock, *event, finding }));
}

static void check_sync(struct findings *findings, const struct event *event)
{
	const struct work *work = event->work;
	char text[400];
	unsigned i;

	for (i = 0; i < work->holds.n; i++) {
		const struct lock_class *held = work->holds.at[i].cls;

		if (held == event->cls) {
			snprintf(text, sizeof(text), "readers of %s are waited for by a reader",
				 held->name);
			say_at(findings, event, NULL, NULL, text);
		} else if (is_lock(held)) {
			note_waiter(event->cls, held, event);
		}
	}
}

/* Each of @classes is taken, or waited for, under @held or in it. */
static void note_each(const struct bits *classes, const struct lock_class *held,
		      const struct event *event,
		      void (*note)(const struct lock_class *held,
				   const struct lock_class *cls,
				   const struct event *event))
{
	const struct contracts *contracts = event->solver->link->contracts;
	unsigned w;

	for (w = 0; w < classes->n; w++)
		for (uint64_t left = classes->word[w]; left; left &= left - 1)
			note(held, contracts->classes.at[
				w * 64 + __builtin_ctzll(left)], event);
}

static void note_taken(const struct lock_class *held,
		       const struct lock_class *cls, const struct event *event)
{
	if (is_lock(cls))
		note_reader(held, cls, event);
}

static void note_awaited(const struct lock_class *held,
			 const struct lock_class *cls, const struct event *event)
{
	note_waiter(cls, held, event);
}

/* What a callee does with locks that are not passed to it. */
static void check_call(const struct event *event)
{
	const struct work *work = event->work;
	const struct info *info;
	unsigned i;

	if (!event->callee->def)
		return;
	info = info_of(event->callee->def);
	for (i = 0; info->takes_or_waits && i < work->holds.n; i++) {
		const struct lock_class *held = work->holds.at[i].cls;

		if (is_touched(info, held))
			continue;
		if (is_section(held))
			note_each(&info->taken, held, event, note_taken);
		if (is_lock(held))
			note_each(&info->synced, held, event, note_awaited);
	}
}

static void check(struct findings *findings, const struct event *event)
{
	unsigned i;

	if (work_holds(event->work, "warned"))
		return;
	switch (event->kind) {
	case EVENT_TAKE:
		check_take(findings, event);
		for (i = 0; i < event->work->holds.n; i++)
			if (is_section(event->work->holds.at[i].cls) &&
			    is_lock(event->cls))
				note_reader(event->work->holds.at[i].cls,
					    event->cls, event);
		break;
	case EVENT_SYNC:
		check_sync(findings, event);
		break;
	case EVENT_CALL:
		check_call(event);
		break;
	default:
		break;
	}
}

static void finish(struct findings *findings, struct solver *solver)
{
	unsigned i, k;

	(void)solver;
	for (i = 0; i < held_by_waiters.n; i++) {
		struct meeting *waiter = &held_by_waiters.at[i];

		for (k = 0; k < taken_by_readers.n; k++) {
			struct meeting *reader = &taken_by_readers.at[k];

			if (reader->section != waiter->section ||
			    reader->lock != waiter->lock || !waiter->finding)
				continue;
			finding_note(waiter->finding, reader->event.context->fn,
				     reader->event.line, reader->event.col,
				     "a reader takes %s here, in %s()",
				     reader->lock->name,
				     reader->event.context->fn->name);
			VEC_PUSH(&findings->all, waiter->finding);
		}
	}
	held_by_waiters.n = taken_by_readers.n = spare.all.n = 0;
}

static bool is_asked(const struct effect *effect)
{
	return effect->verb == VERB_TAKE &&
	       !(effect->flavour && effect->flavour->mark);
}

static bool is_site(struct link *link, const struct insn *insn)
{
	(void)link;
	return has_effect(insn, is_asked);
}

RULE(lock_order, .id = "lock-order",
     .title = "locks are taken in the declared order",
     .check = check, .finish = finish, .is_site = is_site);
