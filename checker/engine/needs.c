// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was asked for and is not there: who is to blame. Callers are climbed as
 * long as it was for their own callers to see to it.
 */

#include "balance.h"
#include "climb.h"
#include "loan.h"
#include "needs.h"
#include "reach.h"

#include <stdio.h>
#include <string.h>

/* What was asked for and not there. */
struct lack {
	const struct lock_class *cls;	/* NULL: a condition, not one lock */
	enum mode mode;
	const char *text;
	const struct hold *wrong;	/* it is held, but not like that */
	bool forbids;			/* it is not to be held at all */
	const struct effect *effect;	/* names what else would do */
	const struct lock_class *tested[8];	/* a condition: what it asks for */
	unsigned ntested;
};

struct search {
	struct climb climb;
	const char *rule;
	struct lack lack;
};

/* Any other lock that the contract takes instead. */
static bool entered_with_other(const struct context *context,
			       const struct effect *effect)
{
	unsigned i;

	for (i = 0; effect && i < effect->others.n; i++)
		if (entered_with(context, effect->others.at[i]))
			return true;
	return false;
}

static bool fits(const struct hold *hold, enum mode mode)
{
	return hold && (mode == MODE_ANY || hold->mode == MODE_ANY ||
			hold->mode == mode);
}

/* A condition has locks that make it true: those that its function looks for. */
static void find_tested(struct lack *lack, struct link *link,
			const struct insn *insn)
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		const struct lock_class *cls = effect_class(link, insn, effect);

		if (effect->verb != VERB_TEST)
			continue;
		if (cls && lack->ntested < ARRAY_SIZE(lack->tested))
			lack->tested[lack->ntested++] = cls;
	}
}

static void find_all_tested(struct lack *lack, struct link *link,
			    const struct function *fn)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			find_tested(lack, link, &fn->blocks[b].insns[i]);
}

static bool entered_with_tested(const struct context *context,
				const struct lack *lack)
{
	unsigned i;

	for (i = 0; i < lack->ntested; i++)
		if (entered_with(context, lack->tested[i]))
			return true;
	return false;
}

/* True if somebody calls @info's function with what is missing, not with another. */
static bool has_caller_with(const struct info *info, const struct lack *lack)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (fits(entered_with(info->contexts.at[i], lack->cls),
			 lack->mode))
			return true;
	return false;
}

/* True if somebody calls @info's function as it wants to be called. */
static bool has_good_caller(const struct info *info, const struct lack *lack)
{
	unsigned i;

	for (i = 0; !lack->cls && i < info->contexts.n; i++)
		if (entered_with_tested(info->contexts.at[i], lack))
			return true;
	for (i = 0; lack->cls && i < info->contexts.n; i++)
		if (entered_with_other(info->contexts.at[i], lack->effect))
			return true;
	return lack->cls && has_caller_with(info, lack);
}

static void tell(struct search *search, struct finding *finding)
{
	const struct event *event = search->climb.event;

	VEC_PUSH(&search->climb.findings->broken, event->insn);
	if (!finding)
		return;
	finding_note(finding, event->context->fn, event->line, event->col,
		     "%s: %s%s", search->lack.forbids ? "forbids" : "needs",
		     search->lack.text,
		     row_text(event->effect ? event->effect->row : NULL));
	if (search->lack.cls && search->lack.cls->mark_row)
		finding_note(finding, event->context->fn, event->line,
			     event->col, "%s means%s", search->lack.cls->name,
			     row_text(search->lack.cls->mark_row));
	finding_holds(finding, event->work);
	climb_path(&search->climb, finding);
}

/* A lock, or a mark that is like one: others end with it, or are due there. */
static bool is_section(const struct lock_class *cls)
{
	if (cls->flavour && cls->flavour->resource)
		return false;
	return !is_mark(cls) || cls->ends.n || cls->due.n;
}

static bool has_own_lock(const struct hold *holds, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (!holds[i].on_entry && !holds[i].asserted &&
		    is_section(holds[i].cls))
			return true;
	return false;
}

/*
 * True if whoever calls from out of sight may well see to it: an exported
 * function may ask its callers for a read section, if not for a lock; and for the
 * steps of a protocol, unless it has begun one by taking a lock itself.
 */
static bool may_be_seen_to(const struct search *search,
			   const struct context *caller,
			   const struct hold *holds, unsigned n)
{
	const struct lock_class *cls = search->lack.cls;
	const struct effect *effect = search->lack.effect;

	if (caller->in_sight)
		return false;
	/* Who began the protocol is in sight. */
	if (effect && effect->when && is_mark(effect->when))
		return false;
	if (cls && is_mark(cls))
		return !has_own_lock(holds, n);
	return !cls || (cls->flavour && cls->flavour->counts);
}

static void blame_call(struct climb *climb, const struct caller *caller,
		       const struct context *callee)
{
	struct search *search = (struct search *)climb;
	const struct state *state = caller ? caller->node->state : NULL;

	if (!state)
		return;
	if (may_be_seen_to(search, caller->context, state->holds, state->nholds))
		return;
	tell(search, finding_add(search->climb.findings, search->rule,
				caller->context->fn, caller->insn->line,
				caller->insn->col, "%s() is called %s %s",
				callee->fn->name,
				search->lack.forbids ? "with" : "without",
				search->lack.text));
}

static void blame_here(struct search *search)
{
	const struct event *event = search->climb.event;

	tell(search, finding_add(search->climb.findings, search->rule,
				event->context->fn, event->line, event->col,
				"%s %s", search->lack.forbids ? "forbids"
				: "needs", search->lack.text));
}

/* The call says itself, by a flag, which of two ways its callee goes. */
static bool is_told_how(const struct caller *caller, const struct context *callee)
{
	const struct insn *insn = caller->insn;
	unsigned i;

	for (i = 0; i < insn->nargs && i < callee->fn->nparams; i++)
		if (insn->args[i]->op == EXPR_INT &&
		    callee->fn->vars[i].type->is_choice &&
		    bit_get(&callee->slice->vars, i))
			return true;
	return false;
}

/*
 * It says what none of those who call the caller could want: all of them hold
 * the lock in the other mode.
 */
static bool is_told_wrong(const struct search *search,
			  const struct caller *caller,
			  const struct context *callee)
{
	return search->lack.wrong && is_told_how(caller, callee) &&
	       !has_good_caller(caller->context->info, &search->lack);
}

/*
 * True if it was for @caller's own callers to see to it: they hold the lock in
 * the wrong mode, or other callers of the same function do hold it.
 */
static bool is_callers_duty(const struct search *search,
			    const struct context *caller,
			    const struct hold *holds, unsigned n)
{
	const struct lack *lack = &search->lack;
	const struct hold *hold = lack->cls ? entered_with(caller, lack->cls)
					    : NULL;

	/* Its row says how it is called: what else some callers hold is luck. */
	if (caller->info->entries.n)
		return false;
	if (!lack->cls)
		return !entered_with_tested(caller, lack) &&
		       has_good_caller(caller->info, lack);
	if (lack->forbids)
		return fits(hold, lack->mode);
	if (lack->wrong)
		return hold && !fits(hold, lack->mode);
	/* What is asked for only in a section is for whoever is in it. */
	if (lack->effect && lack->effect->when)
		return false;
	/* Who takes the lock goes through the protocol under it, unless it is one
	 * that others come with. */
	if (is_mark(lack->cls) && has_own_lock(holds, n))
		return !hold && has_caller_with(caller->info, lack);
	return !hold && has_good_caller(caller->info, lack);
}

/* Climbed as long as it is for callers, and theirs in turn, to see to it. */
static bool goes_on(const struct climb *climb, const struct caller *caller,
		    const struct context *callee)
{
	const struct search *search = (const struct search *)climb;

	return is_callers_duty(search, caller->context,
			       caller->node->state->holds,
			       caller->node->state->nholds) &&
	       !is_told_wrong(search, caller, callee);
}

/* A contract is for who calls the function to keep; an assert for who called the
 * function that it stands in. */
static bool is_about_call(const struct event *event)
{
	return event->callee && event->effect &&
	       (event->effect->stated || event->callee->def ||
		(event->cls && is_mark(event->cls)));
}

/* So is what a row asks of a store or a test of a member: here, or of callers. */
static bool is_about_member(const struct event *event)
{
	return !event->callee && event->cls && is_mark(event->cls);
}

static bool has_wrong_itself(const struct search *search)
{
	return search->lack.wrong && !search->lack.wrong->on_entry;
}

/*
 * The function takes it itself, too early and drops it, or too late; and nobody
 * who calls it brings it.
 */
static bool takes_itself(const struct search *search)
{
	const struct event *event = search->climb.event;
	const struct lack *lack = &search->lack;
	struct link *link = event->solver->link;
	unsigned i, n = lack->cls ? 1 : lack->ntested;

	if (lack->forbids || (lack->cls && is_mark(lack->cls)) ||
	    has_good_caller(event->context->info, lack))
		return false;
	for (i = 0; i < n; i++) {
		const struct lock_class *cls = lack->cls ? lack->cls
							 : lack->tested[i];

		if (is_taken_before(link, event->context->fn, event->insn, cls) ||
		    is_taken_behind(link, event->context->fn, event->insn, cls))
			return true;
	}
	return false;
}

static void blame_callee(struct search *search)
{
	const struct event *event = search->climb.event;
	const struct lock_class *weak = event->effect->weak;

	if (may_be_seen_to(search, event->context, event->work->holds.at,
			   event->work->holds.n))
		return;
	if (weak && work_holds(event->work, weak->name))
		tell(search, finding_add(search->climb.findings, search->rule,
					event->context->fn, event->line,
					event->col,
					"%s() is called with %s, which does not show %s",
					event->callee->name, weak->name,
					event->cls->name));
	else
		tell(search, finding_add(search->climb.findings, search->rule,
					event->context->fn, event->line,
					event->col, "%s() is called %s %s",
					event->callee->name,
					search->lack.forbids ? "with" : "without",
					search->lack.text));
}

/* "A or B" */
static const char *or_text(const char *text,
			   const struct lock_class *const *others, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		char more[300];

		snprintf(more, sizeof(more), "%s or %s", text, others[i]->name);
		text = intern(more);
	}
	return text;
}

static const char *needs_text(const struct event *event)
{
	const char *text = lock_text(event->cls, event->mode);

	return event->effect ? or_text(text, event->effect->others.at,
				       event->effect->others.n) : text;
}

void check_needs(struct findings *findings, const struct event *event,
		 const char *rule)
{
	struct search search = {
		.climb = {
			.findings = findings, .event = event,
			.goes_on = goes_on, .blame = blame_call,
		},
		.rule = rule,
		.lack = {
			.cls = event->cls, .mode = event->mode,
			.wrong = event->hold, .effect = event->effect,
		},
	};

	if (event->kind != EVENT_NEED && event->kind != EVENT_FORBID &&
	    event->kind != EVENT_BROKEN)
		return;
	/* Where the kernel itself says that something is wrong, it is. */
	if (event->verdict != 0 || work_holds(event->work, "warned"))
		return;
	if (event->kind == EVENT_BROKEN) {
		search.lack.cls = NULL;
		search.lack.wrong = NULL;
		search.lack.text = "what its assert asks for";
		find_all_tested(&search.lack, event->solver->link,
				event->context->fn);
	} else {
		search.lack.text = needs_text(event);
		search.lack.forbids = event->kind == EVENT_FORBID;
	}
	/* Taken wrongly in the function itself: nobody else is to blame. */
	if (is_about_call(event) && (has_wrong_itself(&search) ||
				     !is_callers_duty(&search, event->context,
						      event->work->holds.at,
						      event->work->holds.n)))
		blame_callee(&search);
	else if (has_wrong_itself(&search) || takes_itself(&search) ||
		 (is_about_member(event) &&
		  !is_callers_duty(&search, event->context,
				   event->work->holds.at,
				   event->work->holds.n)))
		blame_here(&search);
	else
		climb_from(&search.climb, event->context);
}

/* By which functions the debt came here, the first that returned first. */
static void note_trail(struct finding *finding, const struct trail *trail)
{
	if (!trail)
		return;
	note_trail(finding, trail->before);
	finding_note(finding, trail->caller, trail->line, trail->col,
		     "still owed behind %s(), in %s()", trail->callee->name,
		     trail->caller->name);
}

/* The call whose section ends when it has come back, if that is what ends. */
static const struct symbol *section_of(const struct event *event)
{
	const struct insn *insn = event->insn;

	return event->effect->after && insn->kind == INSN_CALL &&
	       insn->value->op == EXPR_FUNCTION ? insn->value->symbol : NULL;
}

/* Owed by the call itself, of which only the name is in sight. */
static bool is_owed_out_of_sight(const struct event *event)
{
	const struct symbol *callee = section_of(event);
	const struct hold *debt = event->hold;

	return callee && !callee->def && debt->fn == event->context->fn &&
	       debt->line == event->line && debt->col == event->col;
}

/* A lock goes while something is owed that had to be paid before. */
static void check_due(struct findings *findings, const struct event *event,
		      const char *rule)
{
	const struct hold *debt = event->hold;
	const struct symbol *callee = section_of(event);
	struct finding *finding;

	if (work_holds(event->work, "warned") || is_owed_out_of_sight(event))
		return;
	finding = finding_add(findings, rule, event->context->fn, event->line,
			      event->col, "%s is %s before %s is settled",
			      event->lock->name,
			      event->effect->verb == VERB_YIELD ? "yielded"
			      : "dropped", event->cls->name);
	if (!finding)
		return;
	if (debt->fn)
		finding_note(finding, debt->fn, debt->line, debt->col,
			     "owed from here on, in %s()%s", debt->fn->name,
			     row_text(event->cls->mark_row));
	note_trail(finding, debt->trail);
	if (!debt->trail && callee)
		finding_note(finding, event->context->fn, event->line, event->col,
			     "still owed behind %s()", callee->name);
	finding_path(finding, event->context, event->node);
}

static const char *section_text(const struct lock_class *mark)
{
	return or_text(mark->lasts.at[0]->name, mark->lasts.at + 1,
		       mark->lasts.n - 1);
}

static const char *lender_text(const struct insn *lent)
{
	char text[300];

	if (lent->kind == INSN_CALL)
		snprintf(text, sizeof(text), "%s() returned",
			 lent->value->symbol->name);
	else
		snprintf(text, sizeof(text), "%s was", loaded_field(lent)->key);
	return intern(text);
}

/* A value is used that was good only as long as a section lasted. */
static void check_stale(struct findings *findings, const struct event *event,
			const char *rule)
{
	const struct lock_class *mark = event->cls->lent;
	const struct insn *lent = where_lent(event->context->fn, event->hold);
	struct finding *finding;

	if (work_holds(event->work, "warned"))
		return;
	finding = finding_add(findings, rule, event->context->fn, event->line,
			      event->col, "what %s is used after %s has ended",
			      lender_text(lent), section_text(mark));
	if (!finding)
		return;
	finding_note(finding, event->context->fn, lent->line, lent->col,
		     "got here%s", row_text(mark->mark_row));
	finding_note(finding, event->context->fn, event->hold->line,
		     event->hold->col, "has ended here");
	finding_path(finding, event->context, event->node);
}

void check_protocol(struct findings *findings, const struct event *event,
		    const char *rule)
{
	if (!event->cls || !event->cls->rule || strcmp(event->cls->rule, rule))
		return;
	if (event->kind == EVENT_DUE)
		check_due(findings, event, rule);
	else if (event->kind == EVENT_STALE)
		check_stale(findings, event, rule);
	else
		check_needs(findings, event, rule);
}
