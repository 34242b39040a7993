// SPDX-License-Identifier: GPL-2.0-only
/* What ways out have too much of or too little, by what was found. */

#include "balance.h"
#include "mapping.h"
#include "reach.h"
#include "several.h"

/* A lock, a section or a window; a mark on the path is nothing that every function
 * gives back. */
static bool is_balanced_class(const struct link *link,
			      const struct lock_class *cls)
{
	return cls->flavour && !is_late(cls) && !cls->flavour->mark &&
	       (!cls->flavour->loose || is_window(link, cls)) &&
	       cls != link->contracts->warned &&
	       cls != link->contracts->alone;
}

static bool counts_for(const struct hold *hold)
{
	return !hold->frame && !(hold->asserted && !hold->on_entry);
}

static int depth_of(const struct hold *holds, unsigned n,
		    const struct lock_class *cls)
{
	int depth = 0;
	unsigned i;

	for (i = 0; i < n; i++)
		if (holds[i].cls == cls && counts_for(&holds[i]))
			depth += holds[i].depth;
	return depth;
}

bool hold_is_crowd(const struct hold *hold)
{
	const struct term *at = hold->at;

	while (at && at->kind != TERM_OLD)
		at = at->a;
	/* What there is one of per CPU or task is deep, and no crowd. */
	return (hold->many && hold->at) || at;
}

bool has_crowd(const struct state *state, const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < state->nholds; i++)
		if (state->holds[i].cls == cls &&
		    hold_is_crowd(&state->holds[i]))
			return true;
	return false;
}

void note_crowds(struct info *info, const struct state *state)
{
	unsigned i;

	for (i = 0; i < state->nholds; i++)
		if (hold_is_crowd(&state->holds[i]) &&
		    !is_late(state->holds[i].cls))
			bit_set(&info->crowded, state->holds[i].cls->id);
}

/* How many more of @cls are held at a way out than there were on entry. */
static int net_of(const struct context *context, const struct hold *holds,
		  unsigned n, const struct lock_class *cls)
{
	return depth_of(holds, n, cls) -
	       depth_of(context->entry->holds, context->entry->nholds, cls);
}

struct range exit_range(const struct state *exit)
{
	unsigned i;

	if (!exit->ret)
		return RANGE_ALL;
	if (exit->ret->kind == TERM_INT)
		return (struct range){ exit->ret->value, exit->ret->value,
				       exit->ret->value != 0 };
	for (i = 0; i < exit->nknown; i++)
		if (exit->knowns[i].term == exit->ret)
			return exit->knowns[i].range;
	return RANGE_ALL;
}

static bool overlap(struct range a, struct range b)
{
	struct range both = {
		a.low > b.low ? a.low : b.low,
		a.high < b.high ? a.high : b.high, a.nonzero || b.nonzero,
	};

	return !range_is_empty(both);
}

/* An ERR_PTR(): the last page has no addresses in it. */
static bool is_error_pointer(struct range r)
{
	return r.low >= -4095 && r.high < 0;
}

/* A caller that asks can tell an error from a pointer that is none. */
static bool are_told_apart(const struct function *fn, struct range a,
			   struct range b)
{
	return !overlap(a, b) ||
	       (fn->type->kind == TYPE_POINTER &&
		is_error_pointer(a) != is_error_pointer(b));
}

/* True if no caller asks, or gets the same value from a way out with another net. */
static bool is_ambiguous(const struct context *context, struct range ret,
			 const struct lock_class *cls, int net)
{
	bool asked = context->slice->result;
	unsigned i;

	for (i = 0; i < context->exits.n; i++) {
		const struct state *other = context->exits.at[i]->state;

		if (net_of(context, other->holds, other->nholds, cls) != net &&
		    (!asked || !are_told_apart(context->fn, exit_range(other), ret)))
			return true;
	}
	return false;
}

/* Success leaves the lock held for the caller to drop; a failure is to undo it. */
static bool fails_like_success(const struct context *context, struct range ret,
			       const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; ret.high < 0 && i < context->exits.n; i++) {
		const struct state *other = context->exits.at[i]->state;

		if (net_of(context, other->holds, other->nholds, cls) > 0 &&
		    exit_range(other).low >= 0)
			return true;
	}
	return false;
}

/* An error, for all that is known, leaves held what success has given back. */
static bool fails_unlike_success(const struct context *context, struct range ret,
				 const struct lock_class *cls)
{
	const struct type *type = context->fn->type;
	unsigned i;

	if (type->kind != TYPE_SCALAR || !type->is_signed || !ret.nonzero ||
	    ret.low >= 0)
		return false;
	for (i = 0; i < context->exits.n; i++) {
		const struct state *other = context->exits.at[i]->state;
		struct range r = exit_range(other);

		if (r.low == 0 && r.high == 0 &&
		    net_of(context, other->holds, other->nholds, cls) <= 0)
			return true;
	}
	return false;
}

/* On some other way out the caller's lock is still held. */
static bool is_kept_elsewhere(const struct context *context,
			      const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < context->exits.n; i++) {
		const struct state *other = context->exits.at[i]->state;

		if (net_of(context, other->holds, other->nholds, cls) >= 0)
			return true;
	}
	return false;
}

/*
 * It is there to drop the caller's lock, which no caller does itself: a way out
 * that keeps it, and that they cannot tell from the others, is the wrong one.
 */
static bool is_dropper(const struct function *fn, const struct lock_class *cls)
{
	const struct balance *b = balance_of(fn);

	return speaks_of(&b->drops, cls) && !speaks_of(&b->takes, cls) &&
	       speaks_of(&b->take_above, cls) &&
	       !speaks_of(&b->drops_beside, cls);
}

static bool is_dropped_elsewhere(const struct context *context, struct range ret,
				 const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < context->exits.n; i++) {
		const struct state *other = context->exits.at[i]->state;

		if (net_of(context, other->holds, other->nholds, cls) < 0)
			return is_ambiguous(context, ret, cls, 0);
	}
	return false;
}

static bool is_leak(const struct context *context, struct range ret,
		    const struct lock_class *cls, int net)
{
	const struct balance *b = balance_of(context->fn);
	bool both = speaks_of(&b->takes, cls) && speaks_of(&b->drops, cls);

	if (net > 0 && takes_for_several(context->fn, cls))
		return false;
	if (!speaks_of(net > 0 ? &b->drop_above : &b->take_above, cls))
		return true;
	if (net > 0 && (fails_like_success(context, ret, cls) ||
			(both && fails_unlike_success(context, ret, cls))))
		return true;
	if (net < 0 && is_dropper(context->fn, cls))
		return false;
	if (net < 0 && is_kept_elsewhere(context, cls))
		return true;
	return both && is_ambiguous(context, ret, cls, net);
}

/* What a variable of the function has no caller can give back. */
static bool is_own(const struct hold *hold)
{
	return is_resource(hold->cls) && hold->at &&
	       base_of(hold->at)->kind == TERM_LOCAL;
}

static unsigned modes_of(const struct hold *holds, unsigned n,
			 const struct lock_class *cls)
{
	unsigned modes = 0, i;

	for (i = 0; i < n; i++)
		if (holds[i].cls == cls && counts_for(&holds[i]))
			modes |= 1u << holds[i].mode;
	return modes;
}

/* Held for read on the way in and for write on the way out. */
static bool changes_mode(const struct context *context,
			 const struct hold *holds, unsigned n,
			 const struct lock_class *cls)
{
	unsigned in = modes_of(context->entry->holds, context->entry->nholds,
			       cls);
	unsigned out = modes_of(holds, n, cls);

	return in != out && !((in | out) & (1u << MODE_ANY));
}

/* On some way out the window is as it was. */
static bool may_do_nothing(const struct info *info, const struct lock_class *cls)
{
	unsigned i, k;

	for (i = 0; i < info->contexts.n; i++) {
		const struct context *context = info->contexts.at[i];

		for (k = 0; k < context->exits.n; k++) {
			const struct state *exit = context->exits.at[k]->state;

			if (!net_of(context, exit->holds, exit->nholds, cls))
				return true;
		}
	}
	return false;
}

/*
 * A window may be for another to end. Whoever begins and ends it by the text ends
 * what was begun; but who calls one that begins it or not, as it finds, is not held to
 * one end for each beginning.
 */
static bool is_to_end(const struct context *context,
		      const struct lock_class *cls)
{
	struct info *callee;

	if (!cls->flavour->loose)
		return true;
	if (!speaks_of(&balance_of(context->fn)->takes, cls))
		return false;
	each_info_called(callee, context->info) {
		const struct balance *theirs = balance_of(callee->fn);

		if (speaks_of(&theirs->takes, cls) &&
		    !speaks_of(&theirs->drops, cls) &&
		    may_do_nothing(callee, cls))
			return false;
	}
	return true;
}

static bool is_found(const struct imbalance *found, unsigned n,
		     const struct lock_class *cls)
{
	while (n--)
		if (found[n].cls == cls)
			return true;
	return false;
}

/* A lock that is left held stops others; a page that is lost behind a warning does not. */
static bool is_lost_on_purpose(const struct link *link,
			       const struct lock_class *cls,
			       const struct hold *holds, unsigned n)
{
	const struct lock_class *warned = link->contracts->warned;
	unsigned i;

	for (i = 0; cls->flavour->resource && i < n; i++)
		if (holds[i].cls == warned)
			return true;
	return false;
}

static unsigned compare(const struct link *link, const struct context *context,
			const struct hold *holds, unsigned nholds,
			const struct hold *some, unsigned nsome,
			struct range ret, struct imbalance *found, unsigned n)
{
	unsigned i;

	for (i = 0; i < nsome && n < MAX_IMBALANCES; i++) {
		const struct lock_class *cls = some[i].cls;
		int net;

		if (!counts_for(&some[i]) || !is_balanced_class(link, cls) ||
		    !is_to_end(context, cls) || is_found(found, n, cls) ||
		    is_lost_on_purpose(link, cls, holds, nholds))
			continue;
		net = net_of(context, holds, nholds, cls);
		if (bit_get(&context->info->crowded, cls->id) ||
		    drops_several(context->fn, cls))
			continue;
		if (net)
			found[n++] = (struct imbalance){
				cls, net, is_own(&some[i]) ||
				is_leak(context, ret, cls, net), false };
		else if (changes_mode(context, holds, nholds, cls))
			found[n++] = (struct imbalance){ cls, 0, true, false };
		else if (is_dropper(context->fn, cls) &&
			 is_dropped_elsewhere(context, ret, cls))
			found[n++] = (struct imbalance){ cls, 1, true, true };
	}
	return n;
}

static const struct hold *next_balanced(const struct link *link,
					const struct hold *at,
					const struct hold *end)
{
	while (at < end && !(counts_for(at) && is_balanced_class(link, at->cls)))
		at++;
	return at;
}

bool is_even(const struct link *link, const struct context *context,
	     const struct hold *holds, unsigned nholds)
{
	const struct state *entry = context->entry;
	const struct hold *out = holds, *out_end = holds + nholds;
	const struct hold *in = entry->holds, *in_end = in + entry->nholds;

	if (balance_of(context->fn)->net)
		return false;
	for (;; out++, in++) {
		out = next_balanced(link, out, out_end);
		in = next_balanced(link, in, in_end);
		if (out == out_end || in == in_end)
			return out == out_end && in == in_end;
		if (hold_compare(out, in))
			return false;
	}
}

unsigned exit_imbalances(const struct link *link, const struct context *context,
			 const struct hold *holds, unsigned nholds,
			 struct range ret, struct imbalance *found)
{
	const struct state *entry = context->entry;
	unsigned n;

	if (is_even(link, context, holds, nholds))
		return 0;
	n = compare(link, context, holds, nholds, holds, nholds, ret, found, 0);
	return compare(link, context, holds, nholds, entry->holds,
		       entry->nholds, ret, found, n);
}
