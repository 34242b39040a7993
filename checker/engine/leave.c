// SPDX-License-Identifier: GPL-2.0-only
/* Out of a function: what it leaves, in the caller's words. */

#include "balance.h"
#include "loan.h"
#include "mapping.h"
#include "reach.h"
#include "several.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct term *inner_of(struct mapping *m, const struct term *t)
{
	unsigned i;

	for (i = 0; i < m->ninner; i++)
		if (m->inner[i] == t)
			break;
	if (i == m->ninner) {
		if (i == MAX_OUTER)
			return term_site(m->insn->site, 999);
		m->inner[m->ninner++] = t;
	}
	return t->kind == TERM_SITE && t->op
		? term_site_fresh(m->insn->site, i + 1)
		: term_site(m->insn->site, i + 1);
}

static const struct term *out_leaf(void *data, const struct term *t)
{
	struct mapping *m = data;

	switch (t->kind) {
	case TERM_PARAM:
		return t->n < m->nargs ? m->args[t->n] : inner_of(m, t);
	case TERM_OUTER:
		return t->n < m->nouter ? m->outer[t->n] : inner_of(m, t);
	case TERM_LOAD:
		/* What was there when the callee was entered. */
		return work_load(m->w, term_map(t->a, out_leaf, m));
	case TERM_RETURN:
		if (m->insn->to && m->insn->to->op == EXPR_VAR)
			return term_local(m->insn->to->var);
		return inner_of(m, t);
	case TERM_SITE: case TERM_PHI: case TERM_OLD: case TERM_LOCAL:
		return inner_of(m, t);
	}
	return NULL;
}

struct leaving {
	const struct term *ret;
	VEC(struct hold) holds;
	VEC(struct cell) cells;
	VEC(struct known) knowns;
	struct imbalance imbalances[MAX_IMBALANCES];
	unsigned nimbalances;
};

/*
 * A lock that the callee leaks is told of where it is leaked. Here it goes on as
 * if that were mended: one bug is one finding, not one for all that follows.
 */
static const struct imbalance *mended(const struct leaving *l,
				      const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < l->nimbalances; i++)
		if (l->imbalances[i].cls == cls)
			return l->imbalances[i].is_leak ? &l->imbalances[i] : NULL;
	return NULL;
}

static bool is_mended(const struct leaving *l, const struct lock_class *cls)
{
	return mended(l, cls);
}

/* And if it was the caller's, it is so again; unless that is what was wrong. */
static bool is_given_back(const struct leaving *l, const struct lock_class *cls)
{
	const struct imbalance *imbalance = mended(l, cls);

	return imbalance && !imbalance->kept;
}

/* A mark that goes with a lock that was leaked. */
static bool ends_with_mended(const struct leaving *l, const struct hold *hold)
{
	unsigned i, k;

	for (i = 0; !hold->on_entry && i < l->nimbalances; i++) {
		const struct imbalance *imbalance = &l->imbalances[i];

		if (!imbalance->is_leak || imbalance->net <= 0)
			continue;
		for (k = 0; k < imbalance->cls->ends.n; k++)
			if (imbalance->cls->ends.at[k] == hold->cls)
				return true;
	}
	return false;
}

/* What the callee wrote into the caller's own variables; all it wrote, if it is
 * precise. */
static bool is_for_caller(struct mapping *m, const struct term *address)
{
	if (info_of(m->callee)->precise)
		return true;
	while (address->kind == TERM_FIELD || address->kind == TERM_ELEMENT)
		address = address->a;
	return address->kind == TERM_RETURN ||
	       (address->kind == TERM_PARAM && address->n < m->nargs &&
		term_is_private(base_of(m->args[address->n])));
}

static bool is_opaque(const struct term *t)
{
	return t->kind == TERM_PHI || t->kind == TERM_SITE;
}

/* Asked again, with nothing written in between, it returns the same. */
static const struct term *pure_result(struct mapping *m)
{
	const struct term *t = term_function(m->callee->symbol);
	unsigned i;

	for (i = 0; i < m->nargs; i++)
		t = term_element(t, m->args[i]);
	return term_load(t);
}

/* What the callee was told and left as it was. */
static bool was_there(struct mapping *m, const struct cell *cell)
{
	unsigned i;

	for (i = 0; i < m->entry->ncells; i++)
		if (m->entry->cells[i].address == cell->address)
			return m->entry->cells[i].value == cell->value;
	return false;
}

static bool is_name(const struct term *t, unsigned n)
{
	return t && t->kind == TERM_OUTER && t->n == n;
}

/* A hold that was several deep, of which the callee gave up one. */
static void leave_depths(struct mapping *m, struct leaving *l)
{
	unsigned i, k;

	for (i = 0; i < m->w->holds.n; i++) {
		struct hold hold = m->w->holds.at[i];

		if (hold.depth < 2 || !is_passed(m, i) ||
		    is_crowd(m, i) || is_mended(l, hold.cls))
			continue;
		for (k = 0; k < l->holds.n; k++)
			if (l->holds.at[k].cls == hold.cls &&
			    l->holds.at[k].at == hold.at)
				break;
		if (k < l->holds.n)
			continue;
		hold.depth--;
		VEC_PUSH(&l->holds, hold);
	}
}

static const struct trail *trail_from(struct mapping *m,
				      const struct trail *before)
{
	struct trail *trail = arena_new(&solve_arena, struct trail);

	trail->callee = m->callee;
	trail->caller = m->w->fn;
	trail->line = m->insn->line;
	trail->col = m->insn->col;
	trail->before = before;
	return trail;
}

/* Everything is put in the caller's words before any of it is done. */
static void leave_map(struct mapping *m, const struct state *exit,
		      struct leaving *l)
{
	unsigned i;

	l->holds.n = l->cells.n = l->knowns.n = 0;
	m->ninner = 0;
	l->ret = exit->ret ? term_map(exit->ret, out_leaf, m) : NULL;
	if (l->ret && is_opaque(exit->ret) && info_of(m->callee)->pure)
		l->ret = pure_result(m);
	for (i = 0; i < m->w->holds.n; i++)
		if (!is_passed(m, i) ||
		    is_crowd(m, i) ||
		    is_given_back(l, m->w->holds.at[i].cls))
			VEC_PUSH(&l->holds, m->w->holds.at[i]);
	for (i = 0; i < exit->nholds; i++) {
		struct hold hold = exit->holds[i];
		unsigned k;

		if (hold.frame || is_name(hold.at, CROWD) ||
		    (!hold.on_entry && takes_for_several(m->callee, hold.cls)) ||
		    is_mended(l, hold.cls) || ends_with_mended(l, &hold))
			continue;
		if (hold.at)
			hold.at = term_map(hold.at, out_leaf, m);
		hold.on_entry = false;
		if (hold.cls->is_debt && !exit->holds[i].on_entry)
			hold.trail = trail_from(m, hold.trail);
		/* One that was there before is the caller's as it was. */
		for (k = 0; k < m->w->holds.n; k++) {
			const struct hold *was = &m->w->holds.at[k];

			if (was->cls == hold.cls && was->at == hold.at &&
			    exit->holds[i].on_entry) {
				hold.many |= was->many;
				hold_deepen(&hold, was->depth - 1);
				hold.on_entry = was->on_entry;
				hold.asserted = was->asserted;
				hold.fn = was->fn;
				hold.line = was->line;
				hold.col = was->col;
			}
		}
		VEC_PUSH(&l->holds, hold);
	}
	leave_depths(m, l);
	for (i = 0; i < exit->ncells; i++) {
		struct cell cell = exit->cells[i];

		if (!is_for_caller(m, cell.address) || was_there(m, &cell))
			continue;
		cell.address = term_map(cell.address, out_leaf, m);
		if (cell.value)
			cell.value = term_map(cell.value, out_leaf, m);
		VEC_PUSH(&l->cells, cell);
	}
	for (i = 0; i < exit->nknown; i++) {
		struct known known = exit->knowns[i];

		if (known.term != exit->ret && !info_of(m->callee)->precise)
			continue;
		known.term = known.term == exit->ret
			? l->ret : term_map(known.term, out_leaf, m);
		VEC_PUSH(&l->knowns, known);
	}
}

static bool leave_apply(struct work *w, const struct insn *insn,
			const struct leaving *l)
{
	unsigned i;

	w->holds.n = 0;
	for (i = 0; i < l->holds.n; i++)
		VEC_PUSH(&w->holds, l->holds.at[i]);
	for (i = 0; i < l->knowns.n; i++)
		if (!work_assume_range(w, l->knowns.at[i].term,
				       l->knowns.at[i].range))
			return false;
	w->result = settled(w, l->ret ? l->ret : term_site(insn->site, 0),
			    insn->to ? insn->to->type : NULL);
	if (insn->to) {
		const struct term *to = eval_address(w, insn->to);
		bool record = false;

		for (i = 0; i < l->cells.n; i++)
			record |= l->cells.at[i].address->kind == TERM_FIELD &&
				  l->cells.at[i].address->a == to;
		if (record && to->kind == TERM_LOCAL)
			work_set(w, to->n, NULL);
		else
			work_store(w, to, w->result);
	}
	for (i = 0; i < l->cells.n; i++) {
		const struct cell *cell = &l->cells.at[i];

		if (cell->value)
			work_store(w, cell->address, cell->value);
		else
			work_clear(w, cell->address);
	}
	return true;
}

/* A pointer to bytes, not to a bool: what is written by it shows in no member's
 * name. */
static bool is_raw_pointer(const struct type *type)
{
	return type && type->kind == TYPE_POINTER &&
	       type->to->kind == TYPE_SCALAR && type->to->bits <= 8 &&
	       !type->to->is_choice;
}

static void forget_raw(struct mapping *m, struct work *w)
{
	unsigned i;

	for (i = 0; i < m->nargs && i < m->callee->nparams; i++)
		if (is_raw_pointer(m->callee->vars[i].type) &&
		    term_is_private(base_of(m->args[i])))
			work_forget(w, m->args[i]);
}

static bool is_still_there(const struct leaving *l, const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < l->holds.n; i++)
		if (l->holds.at[i].cls == cls)
			return true;
	return false;
}

/* The callee was told of a loan and comes back without it: the section ended. */
static void expire_loans(struct mapping *m, struct work *w, struct leaving *l)
{
	unsigned i, n = w->holds.n;

	for (i = 0; i < n; i++)
		if (is_loan(w->holds.at[i].cls) &&
		    !is_still_there(l, w->holds.at[i].cls))
			expire(w, w->holds.at[i].cls, m->insn);
	for (i = n; i < w->holds.n; i++)
		VEC_PUSH(&l->holds, w->holds.at[i]);
}

void leave(struct mapping *m, const struct context *context,
	   const struct state *exit, bool last, struct works *out)
{
	static struct leaving l;
	struct work *w;

	m->entry = context->entry;
	l.nimbalances = exit_imbalances(m->solver->link, context, exit->holds,
					exit->nholds, exit_range(exit),
					l.imbalances);
	leave_map(m, exit, &l);
	w = last ? m->w : work_copy(m->w);
	if (!info_of(m->callee)->precise) {
		w->site = m->insn->site;
		w->fresh = 0;
		work_forget_fields(w, &info_of(m->callee)->writes);
	}
	forget_raw(m, w);
	expire_loans(m, w, &l);
	if (leave_apply(w, m->insn, &l))
		VEC_PUSH(out, w);
	else
		work_free(w);
}
