// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loans on a path: a hold of the mark's class as long as the section lasts, then
 * one of its stale class for each value that the path still has.
 */

#include "doing.h"
#include "loan.h"
#include "mapping.h"

/* Behind what leaving a callee numbers at a call's site */
#define SITE_LENT	998
#define SITE_KEPT	997

/* The value whose address, or that of a part of it, @t is. */
static const struct term *value_in(const struct term *t)
{
	for (;;) {
		t = base_of(t);
		if (t->kind != TERM_CONTAINER && t->kind != TERM_CAST)
			return t;
		t = t->a;
	}
}

/* True if @t is what @loan gave: by the instruction, or by the variable where
 * paths have met. */
static bool is_of_loan(const struct loan *loan, const struct term *t)
{
	const struct expr *to = loan->insn->to;

	while (t->kind == TERM_OLD)
		t = t->a;
	if (t->kind == TERM_SITE)
		return loan->insn->site == t->site;
	return t->kind == TERM_PHI && to->op == EXPR_VAR && to->var == t->n;
}

static const struct loan *loan_of(const struct function *fn,
				  const struct term *t,
				  const struct lock_class *mark)
{
	const struct info *info = info_of(fn);
	unsigned i;

	for (i = 0; i < info->loans.n; i++)
		if (info->loans.at[i].mark == mark &&
		    is_of_loan(&info->loans.at[i], t))
			return &info->loans.at[i];
	return NULL;
}

const struct insn *where_lent(const struct function *fn, const struct hold *hold)
{
	return loan_of(fn, hold->at, hold->cls->lent)->insn;
}

static struct hold *find_exactly(struct work *w, const struct lock_class *cls,
				 const struct term *at)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].cls == cls && w->holds.at[i].at == at)
			return &w->holds.at[i];
	return NULL;
}

static void put_hold(struct work *w, const struct lock_class *cls,
		     const struct term *at, const struct insn *insn)
{
	struct hold hold = {
		.cls = cls, .at = at, .mode = MODE_WRITE, .depth = 1,
		.fn = w->fn, .line = insn->line, .col = insn->col,
	};

	if (!find_exactly(w, cls, at))
		VEC_PUSH(&w->holds, hold);
}

static bool is_in_section(struct work *w, const struct lock_class *mark)
{
	unsigned i;
	int how;

	for (i = 0; i < mark->lasts.n; i++)
		if (hold_find(w, mark->lasts.at[i], NULL, &how))
			return true;
	return false;
}

static void lend_under(struct work *w, const struct loan *loan)
{
	const struct insn *insn = loan->insn;
	const struct term *to, *value;
	struct range range;

	if (loan->found_in ? !find_exactly(w, loan->mark, NULL)
			   : !is_in_section(w, loan->mark))
		return;
	to = eval_address(w, insn->to);
	value = work_load(w, to);
	if (truth_of(w, value) == 0)
		return;
	/* A value of its own, even if the same could be got again. */
	if (value->kind != TERM_SITE || value->site != insn->site) {
		range = range_of(w, value);
		value = term_site(insn->site, SITE_LENT);
		work_assume_range(w, value, range);
		work_store(w, to, value);
	}
	put_hold(w, loan->mark, NULL, insn);
}

void lend(struct path *path, struct work *w, const struct insn *insn)
{
	const struct info *info = path->context->info;
	unsigned i;

	for (i = 0; i < info->loans.n; i++)
		if (info->loans.at[i].insn == insn)
			lend_under(w, &info->loans.at[i]);
}

typedef void (*value_fn)(void *data, const struct term *value);

static void each_value(struct work *w, const struct bits *live,
		       value_fn visit, void *data)
{
	unsigned i;

	each_val(w, i)
		if (!live || bit_get(live, i))
			visit(data, value_in(w->vals[i]));
	for (i = 0; i < w->cells.n; i++)
		if (w->cells.at[i].value)
			visit(data, value_in(w->cells.at[i].value));
}

struct expiry {
	struct work *w;
	const struct lock_class *mark;
	const struct insn *insn;
};

static void expire_value(void *data, const struct term *value)
{
	struct expiry *e = data;

	if (loan_of(e->w->fn, value, e->mark))
		put_hold(e->w, e->mark->stale, value, e->insn);
}

void expire(struct work *w, const struct lock_class *mark,
	    const struct insn *insn)
{
	struct expiry e = { w, mark, insn };

	if (info_of(w->fn)->loans.n)
		each_value(w, NULL, expire_value, &e);
}

static bool is_lent(const struct work *w, const struct term *t)
{
	const struct info *info = info_of(w->fn);
	unsigned i;

	for (i = 0; i < info->loans.n; i++)
		if (is_of_loan(&info->loans.at[i], t))
			return true;
	return false;
}

static bool is_stale(const struct work *w, const struct term *t)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].cls->lent && w->holds.at[i].at == t)
			return true;
	return false;
}

void keep_lent(struct work *w, const struct term *value,
	       const struct insn *insn)
{
	value = value_in(value);
	/* What is gone already no reference brings back. */
	if (is_lent(w, value) && !is_stale(w, value))
		work_rename(w, value, term_site(insn->site, SITE_KEPT));
}

struct keeping {
	struct work *w;
	const struct hold *hold;
	bool kept;
};

/* Of a mark: something is lent under it; of a stale value: somebody has it. */
static void keep(void *data, const struct term *value)
{
	struct keeping *k = data;

	k->kept |= k->hold->at ? value == k->hold->at
		   : loan_of(k->w->fn, value, k->hold->cls) != NULL;
}

static bool is_about_loans(const struct hold *hold)
{
	return is_loan(hold->cls) || hold->cls->lent;
}

bool has_loans(const struct work *w)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (is_about_loans(&w->holds.at[i]))
			return true;
	return false;
}

void forget_loans(struct work *w, const struct bits *live)
{
	unsigned i = 0;

	while (i < w->holds.n) {
		struct keeping k = { w, &w->holds.at[i], false };

		if (is_about_loans(k.hold) && !k.hold->on_entry)
			each_value(w, live, keep, &k);
		else
			k.kept = true;
		if (k.kept)
			i++;
		else
			remove_hold(w, &w->holds.at[i]);
	}
}

void end_loans(struct work *w)
{
	unsigned i = 0;

	while (i < w->holds.n)
		if (is_loan(w->holds.at[i].cls))
			remove_hold(w, &w->holds.at[i]);
		else
			i++;
}

void end_own_loans(struct work *w)
{
	unsigned i = 0;

	while (i < w->holds.n)
		if (is_about_loans(&w->holds.at[i]) && !w->holds.at[i].on_entry)
			remove_hold(w, &w->holds.at[i]);
		else
			i++;
}

/* Uses */

static bool is_within(struct work *w, const struct expr *lvalue,
		      const struct term *stale)
{
	return value_in(eval_address(w, lvalue)) == stale;
}

static bool reads(struct work *w, const struct expr *e,
		  const struct term *stale);

/* Nothing is read to get at the address but pointers and indices on the way. */
static bool reads_on_way(struct work *w, const struct expr *lvalue,
			 const struct term *stale)
{
	for (; lvalue; lvalue = lvalue->a) {
		if (lvalue->op == EXPR_DEREF)
			return reads(w, lvalue->a, stale);
		if (lvalue->op == EXPR_INDEX && reads(w, lvalue->b, stale))
			return true;
		if (lvalue->op != EXPR_FIELD && lvalue->op != EXPR_INDEX)
			return false;
	}
	return false;
}

static bool reads(struct work *w, const struct expr *e,
		  const struct term *stale)
{
	if (!e)
		return false;
	switch (e->op) {
	case EXPR_ADDRESS:
		return reads_on_way(w, e->a, stale);
	case EXPR_FIELD: case EXPR_DEREF: case EXPR_INDEX:
		return is_within(w, e, stale) || reads_on_way(w, e, stale);
	default:
		return reads(w, e->a, stale) || reads(w, e->b, stale) ||
		       reads(w, e->c, stale);
	}
}

/* Passed to a function that we see, it is used there. */
static bool passes(struct work *w, const struct insn *insn,
		   const struct term *stale)
{
	unsigned i;

	for (i = 0; i < insn->nargs; i++) {
		if (reads(w, insn->args[i], stale))
			return true;
		if (insn->value->op == EXPR_FUNCTION &&
		    insn->value->symbol->def &&
		    value_in(eval(w, insn->args[i])) == stale)
			return true;
	}
	return false;
}

static bool uses(struct work *w, const struct insn *insn,
		 const struct term *stale)
{
	switch (insn->kind) {
	case INSN_CALL:
		return passes(w, insn, stale);
	case INSN_RETURN:
		return insn->value &&
		       (reads(w, insn->value, stale) ||
			value_in(eval(w, insn->value)) == stale);
	default:
		return reads(w, insn->value, stale) ||
		       (insn->to && insn->to->op != EXPR_VAR &&
			is_within(w, insn->to, stale));
	}
}

/* Told once: what is used on is the same mistake. */
static void tell_stale(struct path *path, struct work *w, unsigned i,
		       const struct insn *insn)
{
	struct hold hold = w->holds.at[i];
	struct event event = {
		.kind = EVENT_STALE, .insn = insn, .work = w, .cls = hold.cls,
		.at = hold.at, .hold = &hold,
	};

	emit(path, &event);
	remove_hold(w, &w->holds.at[i]);
}

void show_stale(struct path *path, struct work *w, const struct insn *insn)
{
	unsigned fresh = w->fresh, i = 0;

	while (i < w->holds.n)
		if (w->holds.at[i].cls->lent &&
		    uses(w, insn, w->holds.at[i].at))
			tell_stale(path, w, i, insn);
		else
			i++;
	w->fresh = fresh;
}

void show_stale_condition(struct path *path, struct work *w,
			  const struct block *block)
{
	struct insn where = { .line = block->line, .col = block->col };
	unsigned fresh = w->fresh, i = 0;

	while (i < w->holds.n)
		if (w->holds.at[i].cls->lent &&
		    reads(w, block->cond, w->holds.at[i].at))
			tell_stale(path, w, i, &where);
		else
			i++;
	w->fresh = fresh;
}
