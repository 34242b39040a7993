// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks that were taken or dropped if the result is true, or if it is false.  No
 * guess: all ways out of all that was solved, and the result is known on each.
 */

#include "outcome.h"

int returned_truth(const struct context *context, const struct state *out)
{
	struct work *w;
	int truth;

	if (!out->ret)
		return -1;
	w = work_new(context->fn);
	work_from_state(w, out);
	truth = truth_of(w, out->ret);
	work_free(w);
	return truth;
}

/* How @has, one of the states at a way out, and what is returned go together. */
struct tally {
	bool with[2], without[2];	/* by truth */
	bool unknown;
};

static void count_way(struct tally *tally, int truth, bool has)
{
	if (truth < 0)
		tally->unknown = true;
	else if (has)
		tally->with[truth] = true;
	else
		tally->without[truth] = true;
}

/* The truth of the result by which it is so, and by no other; -1: none. */
static int decided_by(const struct tally *tally)
{
	int truth;

	for (truth = 0; truth < 2; truth++)
		if (!tally->unknown && tally->with[truth] &&
		    tally->without[!truth] && !tally->with[!truth] &&
		    !tally->without[truth])
			return truth;
	return -1;
}

/* False if the lock is there in another way than @move says. */
static bool tally_moves(const struct context *context, const struct move *move,
			struct tally *tally)
{
	const struct state *in = context->entry;
	unsigned i;

	for (i = 0; i < context->exits.n; i++) {
		const struct state *out = context->exits.at[i]->state;
		const struct state *has = move->drops ? in : out;
		const struct state *lacks = move->drops ? out : in;
		bool moved = is_moved(context, has, lacks, move);

		if (!moved && !hold_of(in, move->cls) !=
			      !hold_of(out, move->cls))
			return false;
		if (!hold_of(in, move->cls) == move->drops)
			return false;
		count_way(tally, returned_truth(context, out), moved);
	}
	return !context->capped;
}

static int moved_by(const struct info *info, const struct move *move)
{
	struct tally tally = { .unknown = false };
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (!tally_moves(info->contexts.at[i], move, &tally))
			return -1;
	return decided_by(&tally);
}

/* The word of mainline for such a result of @type. */
static const char *result_word(const struct type *type, int truth)
{
	if (type->kind == TYPE_POINTER)
		return truth ? "nonnull" : "NULL";
	if (type->bits == 1)
		return truth ? "true" : "false";
	return truth ? "nonzero" : "0";
}

static void tell_move(struct outcome *o, const struct context *context,
		      const struct hold *hold, bool drops)
{
	struct move move = {
		hold->cls, lock_said(context->fn, hold), hold->mode, drops,
	};
	bool shared = hold->cls->flavour->shared && hold->mode == MODE_READ;
	int truth;

	if (!move.said || hold->asserted || hold->on_entry != drops ||
	    (!shared && hold->mode != MODE_WRITE))
		return;
	truth = moved_by(context->info, &move);
	if (truth < 0)
		return;
	outcome_add(o, context->fn,
		    drops ? (shared ? "cond_releases_shared" : "cond_releases")
			  : (shared ? "cond_acquires_shared" : "cond_acquires"),
		    result_word(context->fn->type, truth), move.said);
}

bool is_told(const struct context *context, unsigned exit,
	     const struct lock_class *cls)
{
	while (exit--)
		if (hold_of(context->exits.at[exit]->state, cls))
			return true;
	return false;
}

void tell_returned(struct outcome *o, const struct info *info)
{
	const struct context *context = info->contexts.at[0];
	const struct state *in = context->entry;
	unsigned i, k;

	for (i = 0; i < context->exits.n; i++) {
		const struct state *out = context->exits.at[i]->state;

		for (k = 0; k < out->nholds; k++)
			if (is_told_of(o, out->holds[k].cls) &&
			    !is_told(context, i, out->holds[k].cls))
				tell_move(o, context, &out->holds[k], false);
	}
	for (k = 0; k < in->nholds; k++)
		if (is_told_of(o, in->holds[k].cls))
			tell_move(o, context, &in->holds[k], true);
}
