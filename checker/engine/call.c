// SPDX-License-Identifier: GPL-2.0-only
/* A call: who is meant, and what comes of it. */

#include "mapping.h"
#include "reach.h"

#include <stdlib.h>
#include <string.h>

/* Where a row says that no path gets. */
static bool is_elsewhere(const struct context *context, const struct info *info)
{
	return (info->part && context->part && info->part != context->part) ||
	       (info->forbidden & context->forbids);
}

/* Where the path has been matters only if it can still get elsewhere. */
static unsigned enter_part(const struct context *context,
			   const struct info *info)
{
	unsigned part = info->part ? info->part : context->part;

	return info->part_mask & ~(1u << part) ? part : 0;
}

static void call_body(struct path *path, struct work *w,
		      const struct insn *insn, struct symbol *symbol,
		      const struct term **args, unsigned nargs,
		      struct works *out)
{
	struct mapping *m = malloc(sizeof(*m));
	struct context *context;
	struct state *entry;
	unsigned i;

	m->solver = path->solver;
	m->w = w;
	m->insn = insn;
	m->callee = symbol->def;
	m->nargs = nargs < MAX_ARGS ? nargs : MAX_ARGS;
	m->nouter = m->ninner = 0;
	m->by_member = false;
	memset(m->passed, 0, sizeof(m->passed));
	memset(m->crowd, 0, sizeof(m->crowd));
	memcpy(m->args, args, m->nargs * sizeof(*args));
	m->slice = slice_for(info_of(symbol->def), hears_of_sleep(w));
	name_params(m);
	entry = enter(m);
	entry->part = enter_part(path->context, info_of(symbol->def));
	entry->forbids = path->context->forbids & info_of(symbol->def)->reaches;
	context = context_enter(path->solver, info_of(symbol->def), entry,
				path->context, path->node, insn);
	for (i = 0; context && i < context->exits.n; i++)
		leave(m, context, context->exits.at[i]->state,
		      i + 1 == context->exits.n, out);
	if (!i)
		work_free(w);
	free(m);
}

static bool points_to_scalar(const struct expr *e)
{
	return e->type && e->type->kind == TYPE_POINTER &&
	       e->type->to->kind == TYPE_SCALAR;
}

/*
 * A function out of sight may have written where it was pointed to: into this
 * function's own variables, and by a plain pointer that came from the caller.
 */
static void forget_written(struct work *w, const struct insn *insn,
			   const struct term **args, unsigned nargs)
{
	unsigned i;

	for (i = 0; i < nargs; i++) {
		const struct term *base = base_of(args[i]);

		if (term_is_private(base))
			work_forget(w, base == args[i] ||
				    args[i]->kind == TERM_BINARY ? base : args[i]);
		else if (base->kind == TERM_PARAM &&
			 points_to_scalar(insn->args[i]))
			work_forget(w, base);
	}
}

static void call_unknown(struct work *w, const struct insn *insn,
			 const struct term **args, unsigned nargs,
			 struct works *out)
{
	forget_written(w, insn, args, nargs);
	w->result = term_site(insn->site, 0);
	if (insn->to)
		work_store(w, eval_address(w, insn->to), w->result);
	VEC_PUSH(out, w);
}

/*
 * True if all that the row says is that the function may sleep, if that. What the
 * source states is about locks alone.
 */
static bool says_nothing_of_values(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effects.n; i++)
		if (contract->effects.at[i].verb != VERB_SLEEP &&
		    !contract->effects.at[i].stated)
			return false;
	return true;
}

/* True if what comes back from the call decides something. */
static bool is_asked_back(const struct path *path, const struct insn *insn,
			  const struct term **args, unsigned nargs)
{
	const struct slice *slice = path->context->slice;
	unsigned i;

	if (insn->to && (insn->to->op != EXPR_VAR ||
			 bit_get(&slice->vars, insn->to->var)))
		return true;
	for (i = 0; i < nargs; i++)
		if (term_is_private(base_of(args[i])))
			return true;
	return false;
}

static bool is_worth_entering(const struct path *path, const struct work *w,
			      const struct insn *insn, const struct info *info,
			      const struct term **args, unsigned nargs)
{
	return info->moves || (info->sleeps && hears_of_sleep(w)) ||
	       (info->small && is_asked_back(path, insn, args, nargs));
}

/* The row's part first, then the body's, then what the row says of the end. */
static void call_with_rows(struct path *path, struct work *w,
			   const struct insn *insn, struct symbol *symbol,
			   const struct term **args, unsigned nargs,
			   struct works *out)
{
	struct works before = { 0 }, back = { 0 };
	unsigned i;

	apply_rows(path, w, insn, symbol, args, nargs, ROWS_BEFORE, &before);
	for (i = 0; i < before.n; i++)
		call_body(path, before.at[i], insn, symbol, args, nargs, &back);
	for (i = 0; i < back.n; i++)
		apply_rows(path, back.at[i], insn, symbol, args, nargs,
			   ROWS_AFTER, out);
	free(before.at);
	free(back.at);
}

/* A lock is taken in it or waited for, with something held that it is not told of. */
static bool is_for_rules(const struct work *w, const struct symbol *callee)
{
	const struct info *info = callee->def ? info_of(callee->def) : NULL;
	unsigned i;

	for (i = 0; info && info->takes_or_waits && i < w->holds.n; i++)
		if (!is_touched(info, w->holds.at[i].cls) &&
		    !is_mark(w->holds.at[i].cls))
			return true;
	return false;
}

static void tell_of_call(struct path *path, struct work *w,
			 const struct insn *insn, struct symbol *symbol)
{
	struct event event = {
		.kind = EVENT_CALL, .insn = insn, .work = w, .callee = symbol,
	};

	bool all = path->solver->watch && !path->solver->for_rules;

	if (!path->solver->watch)
		note_call(path);
	if (all || is_for_rules(w, symbol))
		emit(path, &event);
}

static void call_symbol(struct path *path, struct work *w,
			const struct insn *insn, struct symbol *symbol,
			const struct term **args, unsigned nargs,
			struct works *out)
{
	struct contract *contract = symbol->contract;

	if (symbol->def && is_elsewhere(path->context, info_of(symbol->def))) {
		work_free(w);
		return;
	}
	tell_of_call(path, w, insn, symbol);
	if (symbol->def && !hears_of_sleep(w))
		info_of(symbol->def)->called_free = true;
	if (contract && !acts(contract))
		contract = NULL;
	if (contract && (contract->opaque || !symbol->def)) {
		if (says_nothing_of_values(contract))
			forget_written(w, insn, args, nargs);
		apply_rows(path, w, insn, symbol, args, nargs, ROWS_ALL, out);
		return;
	}
	if (contract) {
		call_with_rows(path, w, insn, symbol, args, nargs, out);
		return;
	}
	if (is_past_events(path, path->insn + 1)) {
		work_free(w);
		return;
	}
	if (symbol->def && is_worth_entering(path, w, insn,
					     info_of(symbol->def), args, nargs))
		call_body(path, w, insn, symbol, args, nargs, out);
	else
		call_unknown(w, insn, args, nargs, out);
}

static void call_targets(struct path *path, struct work *w,
			 const struct insn *insn, const struct term **args,
			 unsigned nargs, struct works *out)
{
	struct targets targets = link_targets(path->solver->link,
					      path->context->fn, insn->value);
	unsigned i;

	if (!targets.n) {
		struct event event = {
			.kind = EVENT_UNRESOLVED, .insn = insn, .work = w,
		};

		emit(path, &event);
		call_unknown(w, insn, args, nargs, out);
		return;
	}
	for (i = 0; i < targets.n; i++)
		call_symbol(path, work_copy(w), insn, targets.at[i], args,
			    nargs, out);
	work_free(w);
}

void step_call(struct path *path, struct work *w, const struct insn *insn,
	       struct works *out)
{
	const struct term *args[MAX_ARGS], *callee;
	unsigned nargs = insn->nargs < MAX_ARGS ? insn->nargs : MAX_ARGS, i;

	retire_site(path, w, insn->site);
	w->site = insn->site;
	w->fresh = 0;
	for (i = 0; i < nargs; i++)
		args[i] = eval(w, insn->args[i]);
	callee = eval(w, insn->value);
	if (callee->kind == TERM_FUNCTION)
		call_symbol(path, w, insn, callee->symbol, args, nargs, out);
	else if (term_is_int(callee, 0))
		work_free(w);		/* a call of nothing: never comes back */
	else
		call_targets(path, w, insn, args, nargs, out);
}
