// SPDX-License-Identifier: GPL-2.0-only
/* What a row says a function does, done to a path. */

#include "doing.h"
#include "loan.h"
#include "several.h"

#include <string.h>

void emit(struct path *path, struct event *event)
{
	struct solver *solver = path->solver;

	if (!solver->watch) {
		note_event(path);
		return;
	}
	event->solver = solver;
	event->context = path->context;
	event->node = path->node;
	if (event->insn && !event->line) {
		event->line = event->insn->line;
		event->col = event->insn->col;
	}
	solver->watch(solver->data, event);
}

struct event event_of(struct doing *d, enum event_kind kind)
{
	return (struct event){
		.kind = kind, .insn = d->insn, .work = d->w,
		.effect = d->effect, .callee = d->symbol, .cls = d->cls,
		.at = d->at, .mode = d->mode, .verdict = -1,
	};
}

static const struct term *in_call(void *data, const struct term *t)
{
	struct doing *d = data;

	if (t->kind == TERM_PARAM && t->n < d->nargs)
		return d->args[t->n];
	if (t->kind == TERM_LOAD)
		return work_load(d->w, term_map(t->a, in_call, d));
	return NULL;
}

/* The lock that a contract in the source names, as this call's arguments have it. */
static const struct term *stated_lock(struct doing *d)
{
	struct work *w = work_new(d->effect->of);
	const struct term *t;
	unsigned i;

	for (i = 0; i < d->effect->of->nparams; i++)
		work_set(w, i, term_param(i, 0, NULL));
	t = eval(w, d->effect->lock);
	work_free(w);
	return term_map(t, in_call, d);
}

static void name_lock(struct doing *d)
{
	const struct effect *effect = d->effect;
	int arg;

	d->at = NULL;
	d->cls = effect->cls;
	arg = arg_index(effect->arg, d->nargs);
	if (effect->lock) {
		d->at = stated_lock(d);
		d->cls = class_of(d->path->solver->link, d->at);
	} else if (arg >= 0) {
		d->at = d->args[arg];
		if (!d->cls)
			d->cls = class_of(d->path->solver->link, d->at);
	} else if (!d->cls) {
		d->cls = d->path->solver->link->contracts->some;
	}
	if (effect->flavour && !d->cls->flavour)
		((struct lock_class *)d->cls)->flavour = effect->flavour;
	d->mode = effect->mode;
	arg = arg_index(effect->mode_arg, d->nargs);
	if (arg >= 0) {
		int read = truth_of(d->w, d->args[arg]);

		d->mode = read < 0 ? MODE_ANY : read ? MODE_READ : MODE_WRITE;
	}
}

void add_hold(struct doing *d, bool asserted)
{
	struct hold hold = {
		.cls = d->cls, .at = d->at, .mode = d->mode, .depth = 1,
		.asserted = asserted, .fn = d->path->context->fn,
		.line = d->insn->line, .col = d->insn->col,
	};

	VEC_PUSH(&d->w->holds, hold);
}

void remove_hold(struct work *w, struct hold *hold)
{
	*hold = w->holds.at[--w->holds.n];
}

/* It is taken where it is not to be: what excuses that matters here, too. */
static void look_for_excuse(struct doing *d)
{
	const struct contracts *contracts = d->path->solver->link->contracts;
	unsigned i;
	int how;

	for (i = 0; i < contracts->nevers.n; i++) {
		const struct never *never = &contracts->nevers.at[i];

		if (never->taken == d->cls && never->unless &&
		    hold_find(d->w, never->held, NULL, &how))
			refine(d->path->solver, d->path->context,
			       never->unless);
	}
}

static void do_take(struct doing *d)
{
	struct event event = event_of(d, EVENT_TAKE);
	struct hold *hold;
	int how;

	if (is_mark(d->cls)) {
		do_mark(d);
		return;
	}
	look_for_excuse(d);
	hold = hold_find(d->w, d->cls, d->at, &how);
	event.hold = how == 1 ? hold : NULL;
	emit(d->path, &event);
	if (how == 1 && drops_several(d->path->context->fn, d->cls))
		return;		/* it may have been among those that were dropped */
	if (how == 1) {
		/* Of a lock that does not count it is told; one more drop of
		 * it is no error of its own. */
		if (!d->cls->flavour || !d->cls->flavour->counts)
			hold->depth = 2;
		else
			hold_deepen(hold, 1);
		return;
	}
	/* The lock of one more object in a loop over objects. */
	if (hold && hold->at && hold->at->kind == TERM_FIELD &&
	    (hold->at->mentions & MENTION_FRAME)) {
		const struct term *base = hold->at;

		while (base->kind == TERM_FIELD || base->kind == TERM_LOAD)
			base = base->a;
		if (base->kind == TERM_OLD)
			hold->many = true;
	}
	add_hold(d, false);
}

struct hold *meant_hold(struct doing *d, int *how)
{
	struct hold *hold = hold_find(d->w, d->cls, d->at, how);

	if (!hold || hold->frame)
		refine(d->path->solver, d->path->context, d->cls);
	return hold;
}

static void do_drop(struct doing *d)
{
	struct event event = event_of(d, EVENT_DROP);
	struct hold *hold;
	int how;

	if (is_mark(d->cls)) {
		do_unmark(d);
		return;
	}
	hold = meant_hold(d, &how);
	event.hold = hold;
	emit(d->path, &event);
	if (!hold || hold->many ||
	    (how != 1 && drops_several(d->path->context->fn, d->cls)))
		return;
	if (hold->depth > 1 && !d->effect->whole) {
		hold->depth--;
		return;
	}
	settle_debts(d);
	hold = hold_find(d->w, d->cls, d->at, &how);
	remove_hold(d->w, hold);
	end_marks(d);
}

void step_count(struct path *path, struct work *w, const struct insn *insn,
		const struct term *at)
{
	static const struct effect up = {
		.verb = VERB_TAKE, .mode = MODE_WRITE,
	}, down = {
		.verb = VERB_DROP, .mode = MODE_WRITE,
	};
	int way = counts(path->solver->link, insn);
	struct doing doing = {
		.path = path, .w = w, .insn = insn, .at = at,
		.effect = way > 0 ? &up : &down, .mode = MODE_WRITE,
		.cls = class_of(path->solver->link, at),
	};

	if (way > 0)
		do_take(&doing);
	else
		do_drop(&doing);
}

static bool mode_fits(enum mode held, enum mode needed)
{
	return needed == MODE_ANY || held == MODE_ANY || held == needed;
}

/* Something else that does as well. */
static bool holds_another(struct doing *d)
{
	unsigned i;
	int how;

	for (i = 0; i < d->effect->others.n; i++)
		if (hold_find(d->w, d->effect->others.at[i], NULL, &how))
			return true;
	return false;
}

/* Of locks of which one is enough, one that is held; else the first. */
static void choose(struct doing *d)
{
	struct doing other = *d;
	int how;

	for (; other.effect; other.effect = other.effect->instead) {
		struct hold *hold;

		name_lock(&other);
		hold = meant_hold(&other, &how);
		if (hold && mode_fits(hold->mode, other.mode)) {
			*d = other;
			return;
		}
	}
}

static void do_need(struct doing *d)
{
	struct event event;
	struct hold *hold;
	int how;

	if (d->effect->instead)
		choose(d);
	event = event_of(d, EVENT_NEED);
	hold = meant_hold(d, &how);
	event.hold = hold;
	event.verdict = (hold && mode_fits(hold->mode, d->mode)) ||
			holds_another(d);
	emit(d->path, &event);
	/* Said once is enough: from here on it is as the contract has it. */
	if (!event.verdict && !hold)
		add_hold(d, true);
}

static void do_forbid(struct doing *d)
{
	struct event event = event_of(d, EVENT_FORBID);
	int how;
	struct hold *hold = meant_hold(d, &how);

	event.hold = hold;
	event.verdict = !hold || !mode_fits(hold->mode, d->mode) ? 1
			: how == 1 ? 0 : -1;
	emit(d->path, &event);
	/* Told once: what follows from it is not told again. */
	if (!event.verdict && d->cls->is_debt)
		remove_hold(d->w, hold);
}

static void do_broken(struct doing *d)
{
	struct event event = event_of(d, EVENT_BROKEN);

	event.verdict = 0;
	emit(d->path, &event);
}

/*
 * What the kernel warns of is not meant to happen: it is a mark on the path
 * until the function returns, for rules to think of what they like.
 */
static void do_warn(struct doing *d)
{
	struct contracts *contracts = d->path->solver->link->contracts;
	int how;

	contracts->warned->flavour = flavour_of(contracts, "warned");
	d->cls = contracts->warned;
	d->at = NULL;
	forget_debts(d->w);
	if (!hold_find(d->w, d->cls, NULL, &how))
		add_hold(d, true);
}

static void do_yield(struct doing *d)
{
	struct event event = event_of(d, EVENT_YIELD);
	int how;
	struct hold *hold = meant_hold(d, &how);

	event.hold = hold;
	event.verdict = hold && mode_fits(hold->mode, d->mode);
	emit(d->path, &event);
	settle_debts(d);
	end_marks(d);
}

static const struct term *container_term(const struct term *at,
					 const struct term *member)
{
	for (;;) {
		if (member->kind == TERM_FIELD) {
			at = term_container(at, member->field);
			member = member->a;
		} else if (member->kind == TERM_ELEMENT) {
			if (at->kind == TERM_ELEMENT)
				at = at->a;
			member = member->a;
		} else {
			return at;
		}
	}
}

const struct term *arg_of(struct doing *d, int n)
{
	n = arg_index(n, d->nargs);
	return n >= 0 ? d->args[n] : NULL;
}

static bool in_atomic(const struct work *w)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].cls->flavour &&
		    w->holds.at[i].cls->flavour->counted)
			return true;
	return false;
}

const struct term *effect_result(struct doing *d)
{
	const struct term *arg = arg_of(d, d->effect->arg), *t;
	struct hold *hold;
	unsigned i;
	int how;

	switch (d->effect->verb) {
	case VERB_TEST:
		name_lock(d);
		hold = meant_hold(d, &how);
		return term_int(hold && mode_fits(hold->mode, d->mode));
	case VERB_CONTAINER:
		return arg && d->nargs > 1 ? container_term(arg, d->args[1]) : NULL;
	case VERB_RETURNS:
		return arg;
	case VERB_ONE:
		return term_int(1);
	case VERB_NEGATIVE:
		return arg ? term_binary(BIN_LT, arg, term_int(0)) : NULL;
	case VERB_READS:
		return arg ? work_load(d->w, arg) : NULL;
	case VERB_INATOMIC:
		return in_atomic(d->w) ? term_int(1) : NULL;
	case VERB_EMPTY:
		/* Only where a row says so: entries come and go unseen. */
		t = arg ? work_load(d->w, arg) : NULL;
		return t && t->kind == TERM_INT ? term_unary(UN_NOT, t) : NULL;
	case VERB_FINDS:
		t = arg ? work_load(d->w, arg) : NULL;
		return t && term_is_int(t, 0) ? t : NULL;
	case VERB_FRESH:
		return term_site_fresh(d->insn->site, 0);
	case VERB_PURE:
		t = term_function(d->symbol);
		for (i = 0; i < d->nargs; i++)
			t = term_element(t, d->args[i]);
		return term_load(t);
	default:
		return NULL;
	}
}

/* A list, a bitmap, a table: a member that a function is passed to change. */
static void do_write(struct doing *d)
{
	const struct field *field = passed_field(d->insn, d->effect);
	struct event event = event_of(d, EVENT_STORE);

	if (!d->at)
		return;
	if (field && d->path->solver->link->field_guards[field->id].n) {
		event.field = field;
		event.value = term_site(d->insn->site, 0);
		emit(d->path, &event);
	}
	work_forget(d->w, d->at);
}

void perform(struct doing *d)
{
	struct event event;

	name_lock(d);
	if (!is_in_place(d))
		return;
	switch (d->effect->verb) {
	case VERB_TAKE:
		do_take(d);
		break;
	case VERB_DROP:
		do_drop(d);
		break;
	case VERB_YIELD:
		do_yield(d);
		break;
	case VERB_NEED:
		do_need(d);
		break;
	case VERB_FORBID:
		do_forbid(d);
		break;
	case VERB_BROKEN:
		do_broken(d);
		break;
	case VERB_SLEEP:
		event = event_of(d, EVENT_SLEEP);
		emit(d->path, &event);
		break;
	case VERB_SYNC:
		event = event_of(d, EVENT_SYNC);
		emit(d->path, &event);
		break;
	case VERB_WARN:
		do_warn(d);
		break;
	case VERB_ZERO:
		if (d->at)
			work_store(d->w, d->at, term_int(0));
		break;
	case VERB_WRITES:
		do_write(d);
		break;
	case VERB_KEEP:
		if (d->at)
			keep_lent(d->w, d->at, d->insn);
		break;
	case VERB_REREAD:
		if (d->at && d->at->kind != TERM_LOCAL)
			work_forget(d->w, d->at);
		break;
	default:
		break;
	}
}
