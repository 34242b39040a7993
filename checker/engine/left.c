// SPDX-License-Identifier: GPL-2.0-only
/*
 * What functions leave open behind them, or close, that is no lock: a window, whose
 * counter they raise or lower, and a debt that a true result tells of.
 */

#include "outcome.h"

#include <stdio.h>
#include <string.h>

/* Windows */

/* How often the window is open there; -1: nobody counts. */
static int times_open(const struct state *state, const struct lock_class *cls)
{
	unsigned i, times = 0;

	for (i = 0; i < state->nholds; i++) {
		if (state->holds[i].cls != cls)
			continue;
		if (state->holds[i].many)
			return -1;
		times += state->holds[i].depth;
	}
	return times;
}

/*
 * Each way out of @context has the window open once more (@by is 1), or once less,
 * than it was entered with; *@seen if it was open there at all.  A window that was
 * opened out of sight is not seen to be closed: it goes the same ways.
 */
static bool is_counted(const struct context *context,
		       const struct lock_class *cls, int by, bool *seen)
{
	int in = times_open(context->entry, cls);
	unsigned i;

	if (context->capped)
		return false;
	for (i = 0; i < context->exits.n; i++) {
		int out = times_open(context->exits.at[i]->state, cls);

		if (in < 0 || out < 0 || (by < 0 && !in && !out))
			continue;
		if (out - in != by)
			return false;
		*seen = true;
	}
	return true;
}

static bool always_counts(const struct info *info, const struct lock_class *cls,
			  int by)
{
	bool seen = false;
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (!is_counted(info->contexts.at[i], cls, by, &seen))
			return false;
	return seen;
}

static void tell_windows(struct outcome *o, const struct info *info,
			 const struct state *state, int by)
{
	struct link *link = o->analysis->solver->link;
	const char *said;
	unsigned i;

	for (i = 0; i < state->nholds; i++) {
		const struct hold *hold = &state->holds[i];

		if (hold->on_entry != (by < 0) || !is_window(link, hold->cls) ||
		    !always_counts(info, hold->cls, by))
			continue;
		said = lock_said(info->fn, hold);
		if (said)
			outcome_add(o, info->fn, by < 0 ? "closes_window"
				    : "opens_window", said + 1, NULL);
		return;
	}
}

/* Debts */

/* One that is due at a lock; the others are of steps in one function. */
static bool is_due_at_lock(const struct contracts *contracts,
			   const struct lock_class *debt)
{
	unsigned i, k;

	for (i = 0; debt->is_debt && i < contracts->classes.n; i++) {
		const struct lock_class *cls = contracts->classes.at[i];

		for (k = 0; k < cls->due.n; k++)
			if (cls->due.at[k] == debt && cls->flavour &&
			    !cls->flavour->mark)
				return true;
	}
	return false;
}

static bool points_to(const struct type *type, const char *record, size_t len)
{
	return type && type->kind == TYPE_POINTER && type->to &&
	       type->to->kind == TYPE_RECORD &&
	       strlen(type->to->name) == len &&
	       !strncmp(type->to->name, record, len);
}

/* "kvm" or "vcpu->kvm": who a debt of @cls is owed to; NULL: no parameter says. */
static const char *creditor(const struct program *program,
			    const struct function *fn,
			    const struct lock_class *cls)
{
	size_t len = strchr(cls->name, '.') - cls->name;
	char text[300];
	unsigned i, k;

	for (i = 0; i < fn->nparams; i++)
		if (points_to(fn->vars[i].type, cls->name, len))
			return fn->vars[i].name;
	for (i = 0; i < fn->nparams; i++)
		for (k = 0; k < program->fields.n; k++) {
			const struct field *field = program->fields.at[k];

			if (!points_to(fn->vars[i].type, field->record,
				       strlen(field->record)) ||
			    !points_to(field->type, cls->name, len))
				continue;
			snprintf(text, sizeof(text), "%s->%s",
				 fn->vars[i].name, field->name);
			return intern(text);
		}
	return NULL;
}

/*
 * Entered without it: it is left open only where the result is true, and the result
 * is not true where it is not; *@left if it is left at all.
 */
static bool is_left(const struct context *context,
		    const struct lock_class *debt, bool *left)
{
	bool has = false, may_lack = false;
	unsigned i;

	for (i = 0; i < context->exits.n; i++) {
		const struct state *out = context->exits.at[i]->state;
		int truth = returned_truth(context, out);

		if (hold_of(out, debt) ? truth != 1 : truth == 1)
			return false;
		has |= truth == 1;
		may_lack |= truth < 0;
	}
	*left |= has;
	/* True or false, who knows: the word would make a debt of it. */
	return has || !may_lack;
}

static bool is_returned(const struct info *info, const struct lock_class *debt)
{
	bool left = false;
	unsigned i;

	for (i = 0; i < info->contexts.n; i++) {
		const struct context *context = info->contexts.at[i];

		if (context->capped ||
		    (!hold_of(context->entry, debt) &&
		     !is_left(context, debt, &left)))
			return false;
	}
	return left;
}

static void tell_debts(struct outcome *o, const struct context *context)
{
	const struct program *program = o->analysis->program;
	const struct contracts *contracts = o->analysis->solver->link->contracts;
	unsigned i, k;

	for (i = 0; i < context->exits.n; i++) {
		const struct state *out = context->exits.at[i]->state;

		for (k = 0; k < out->nholds; k++) {
			const struct lock_class *debt = out->holds[k].cls;
			const char *to;

			if (is_told(context, i, debt) ||
			    !is_due_at_lock(contracts, debt))
				continue;
			to = creditor(program, context->fn, debt);
			if (to && is_returned(context->info, debt))
				outcome_add(o, context->fn, "returns_debt",
					    strchr(debt->name, '.') + 1, to);
		}
	}
}

void tell_left(struct outcome *o, const struct info *info)
{
	const struct context *first = info->contexts.at[0];

	if (!first->exits.n)
		return;
	tell_windows(o, info, first->entry, -1);
	tell_windows(o, info, first->exits.at[0]->state, 1);
	/* An int is an error or a count as well: it does not say true. */
	if (info->fn->type->bits == 1)
		tell_debts(o, first);
}
