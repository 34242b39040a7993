// SPDX-License-Identifier: GPL-2.0-only
/*
 * Protocols: the steps that were taken on a path, and what is still owed on it.
 *
 * Both are kept like holds, as marks. They differ from locks in that taking a
 * step twice is taking it once, that whoever returns with one is not leaking it,
 * and in what ends them: a lock that is dropped, an object that goes away.
 */

#include "doing.h"
#include "loan.h"
#include "mapping.h"
#include "reach.h"

static bool is_held(struct doing *d, const struct lock_class *cls)
{
	int how;

	return hold_find(d->w, cls, NULL, &how) != NULL;
}

/* A variable of the function that passes it, which nobody else has yet. A part of one
 * may go to the caller with it: so do constructors return what they have got. */
static bool is_own(struct doing *d)
{
	const struct term *object = arg_of(d, d->effect->arg);

	return object && object->kind == TERM_LOCAL;
}

bool is_in_place(struct doing *d)
{
	const struct effect *effect = d->effect;
	const struct term *where = arg_of(d, effect->where_arg);

	if (effect->own && !is_own(d))
		return false;
	/* A version of the function that lacks it says nothing of it. */
	if (effect->where_arg != ARG_NONE &&
	    (!where || truth_of(d->w, where) != !effect->where_false))
		return false;
	return (!effect->when || is_held(d, effect->when)) &&
	       (!effect->unless || !is_held(d, effect->unless));
}

void do_mark(struct doing *d)
{
	int how;

	if (!hold_find(d->w, d->cls, d->at, &how) || how != 1)
		add_hold(d, false);
}

static void remove_marks(struct work *w, const struct lock_class *cls,
			 const struct term *at)
{
	unsigned i = 0;

	while (i < w->holds.n)
		if (w->holds.at[i].cls == cls &&
		    same_instance(w->holds.at[i].at, at) != 0)
			remove_hold(w, &w->holds.at[i]);
		else
			i++;
}

/* Told once: from here on the debt is as good as paid. */
void settle_debts(struct doing *d)
{
	const struct lock_class *lock = d->cls;
	unsigned i;
	int how;

	for (i = 0; i < lock->due.n; i++) {
		const struct lock_class *debt = lock->due.at[i];
		struct hold *hold = hold_find(d->w, debt, NULL, &how);
		struct event event = event_of(d, EVENT_DUE);

		refine(d->path->solver, d->path->context, debt);
		event.cls = debt;
		event.lock = lock;
		event.hold = hold;
		if (hold)
			emit(d->path, &event);
		remove_marks(d->w, debt, NULL);
	}
}

/* The kernel has warned: whatever this path owes, it is not meant to be taken. */
void forget_debts(struct work *w)
{
	unsigned i = 0;

	while (i < w->holds.n)
		if (w->holds.at[i].cls->is_debt)
			remove_hold(w, &w->holds.at[i]);
		else
			i++;
}

/* Something else that the loan lasts with as well: another lock, or the same of
 * another object. What is yielded is still held, but not the same section. */
static bool lasts_on(struct doing *d, const struct lock_class *mark)
{
	bool yields = d->effect->verb == VERB_YIELD;
	unsigned i;

	for (i = 0; i < mark->lasts.n; i++)
		if (!(yields && mark->lasts.at[i] == d->cls) &&
		    is_held(d, mark->lasts.at[i]))
			return true;
	return false;
}

void end_marks(struct doing *d)
{
	unsigned i;

	for (i = 0; i < d->cls->ends.n; i++) {
		const struct lock_class *mark = d->cls->ends.at[i];

		if (is_loan(mark) && lasts_on(d, mark))
			continue;
		refine(d->path->solver, d->path->context, mark);
		if (is_loan(mark) && is_held(d, mark))
			expire(d->w, mark, d->insn);
		remove_marks(d->w, mark, NULL);
	}
}

/* A mark may be what others end with, or are due at: a section that is no lock. */
void do_unmark(struct doing *d)
{
	int how;

	if (hold_find(d->w, d->cls, d->at, &how)) {
		settle_debts(d);
		end_marks(d);
		if (is_loan(d->cls))
			expire(d->w, d->cls, d->insn);
	}
	remove_marks(d->w, d->cls, d->at);
}

static void forget_own(struct work *w, bool resources)
{
	unsigned i = 0;

	while (i < w->holds.n) {
		const struct hold *hold = &w->holds.at[i];
		bool is_meant = resources ? is_resource(hold->cls)
					  : is_mark(hold->cls);

		if (is_meant && hold->at &&
		    base_of(hold->at)->kind == TERM_LOCAL)
			remove_hold(w, &w->holds.at[i]);
		else
			i++;
	}
}

/* What was done to an object of this function's own goes with it. */
void forget_own_marks(struct work *w)
{
	forget_own(w, false);
}

/* What it got for one nobody else can give back: told of here, if at all. */
void forget_own_resources(struct work *w)
{
	forget_own(w, true);
}

/* Members */

static void happen(struct path *path, struct work *w, const struct on_row *on,
		   const struct term *object, const struct term *value,
		   const struct insn *where)
{
	const struct contract *contract = on->contract;
	const struct term *args[] = { object, value };
	unsigned i;

	for (i = 0; i < contract->effects.n; i++) {
		struct doing doing = {
			.path = path, .w = w, .insn = where,
			.effect = &contract->effects.at[i],
			.args = args, .nargs = ARRAY_SIZE(args),
		};
		const struct term *cond = effect_condition(&doing, NULL);

		if (!cond || truth_of(w, cond) == 1)
			perform(&doing);
	}
}

static void tell_member(struct path *path, struct work *w,
			enum member_event event, const struct field *field,
			const struct term *object, const struct term *value,
			const struct insn *where)
{
	const struct on_list *ons = &path->solver->link->field_ons[field->id];
	unsigned i;

	for (i = 0; i < ons->n; i++)
		if (ons->at[i]->event == event)
			happen(path, w, ons->at[i], object, value, where);
}

void on_store(struct path *path, struct work *w, const struct insn *insn,
	      const struct term *to, const struct term *value)
{
	const struct field *field = stored_field(insn);

	while (to->kind == TERM_ELEMENT)
		to = to->a;
	if (field && to->kind == TERM_FIELD)
		tell_member(path, w, MEMBER_STORE, field, to->a, value, insn);
}

/* A plain copy: "seq = kvm->seq". */
static const struct expr *loaded(const struct insn *insn)
{
	const struct expr *e = insn->value;

	while (e && e->op == EXPR_CAST)
		e = e->a;
	return insn->kind == INSN_ASSIGN && e && e->op == EXPR_FIELD ? e : NULL;
}

const struct field *loaded_field(const struct insn *insn)
{
	const struct expr *e = insn->value;

	while (e && (e->op == EXPR_CAST || e->op == EXPR_INDEX))
		e = e->a;
	return insn->kind == INSN_ASSIGN && e && e->op == EXPR_FIELD
		? e->field : NULL;
}

void on_load(struct path *path, struct work *w, const struct insn *insn)
{
	const struct expr *e = loaded(insn);
	const struct term *at;

	if (!e || !path->solver->link->field_ons[e->field->id].n)
		return;
	at = eval_address(w, e);
	if (at->kind == TERM_FIELD)
		tell_member(path, w, MEMBER_LOAD, e->field, at->a, eval(w, e),
			    insn);
}

static void test_members(struct path *path, struct work *w,
			 const struct expr *e, const struct insn *where)
{
	const struct term *at;

	if (!e)
		return;
	if (e->op == EXPR_FIELD && path->solver->link->field_ons[e->field->id].n) {
		at = eval_address(w, e);
		if (at->kind == TERM_FIELD)
			tell_member(path, w, MEMBER_TEST, e->field, at->a,
				    eval(w, e), where);
	}
	test_members(path, w, e->a, where);
	test_members(path, w, e->b, where);
	test_members(path, w, e->c, where);
}

void on_branch(struct path *path, struct work *w, const struct block *block)
{
	struct insn where = { .line = block->line, .col = block->col };

	if (path->solver->link->tests_members)
		test_members(path, w, block->cond, &where);
}

void on_answer(struct path *path, struct work *w, const struct insn *insn)
{
	if (path->solver->link->tests_members)
		test_members(path, w, insn->value, insn);
}

bool answers_member(const struct link *link, const struct insn *insn)
{
	return insn->kind == INSN_RETURN && tests_member(link, insn->value);
}

bool tests_member(const struct link *link, const struct expr *e)
{
	unsigned i;

	if (!e || !link->tests_members)
		return false;
	if (e->op == EXPR_FIELD)
		for (i = 0; i < link->field_ons[e->field->id].n; i++)
			if (link->field_ons[e->field->id].at[i]->event ==
			    MEMBER_TEST)
				return true;
	return tests_member(link, e->a) || tests_member(link, e->b) ||
	       tests_member(link, e->c);
}

static bool is_told(const struct link *link, const struct field *field,
		    enum member_event event)
{
	unsigned i;

	for (i = 0; i < link->field_ons[field->id].n; i++)
		if (link->field_ons[field->id].at[i]->event == event &&
		    acts(link->field_ons[field->id].at[i]->contract))
			return true;
	return false;
}

void on_read(struct path *path, struct work *w, const struct expr *e,
	     const struct insn *where)
{
	const struct term *at = eval_address(w, e);

	if (at->kind == TERM_FIELD)
		tell_member(path, w, MEMBER_READ, e->field, at->a, eval(w, e),
			    where);
}

bool is_told_of_read(const struct link *link, const struct field *field)
{
	return is_told(link, field, MEMBER_READ);
}

bool is_told_of_store(const struct link *link, const struct field *field)
{
	return is_told(link, field, MEMBER_STORE);
}

const struct field *told_load(const struct link *link, const struct insn *insn)
{
	const struct expr *e = loaded(insn);

	return e && is_told(link, e->field, MEMBER_LOAD) ? e->field : NULL;
}
