// SPDX-License-Identifier: GPL-2.0-only

#include "balance.h"

#include <stdlib.h>

/* Looking */

static bool is_counter(const struct link *link, const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < link->contracts->counters.n; i++)
		if (link->contracts->counters.at[i] == cls->name)
			return true;
	return false;
}

/* A lock or a section; windows and marks on the path are no locks. */
static bool is_balanced(const struct link *link, const struct lock_class *cls)
{
	return cls->flavour && !is_late_class(link, cls) &&
	       !is_counter(link, cls) &&
	       cls != lock_class(link->contracts, "warned") &&
	       cls != lock_class(link->contracts, "alone");
}

/* One of those that a loop took, each of another object. */
static bool is_crowd(const struct hold *hold)
{
	const struct term *at = hold->at;

	while (at && at->kind != TERM_OLD)
		at = at->a;
	return hold->many || at;
}

void balance_begin(struct balance *b, struct solver *solver)
{
	unsigned i, n = solver->link->nclasses;

	b->solver = solver;
	b->takes = arena_array(&run_arena, struct bits, solver->link->n);
	b->pays = arena_array(&run_arena, struct bits, solver->link->n);
	b->crowds = arena_array(&run_arena, struct bits, solver->link->n);
	b->promised = arena_array(&run_arena, struct bits,
				    solver->contexts.n);
	for (i = 0; i < solver->link->n; i++) {
		b->takes[i] = bits_new(n);
		b->pays[i] = bits_new(n);
		b->crowds[i] = bits_new(n);
	}
	for (i = 0; i < solver->contexts.n; i++)
		b->promised[i] = bits_new(n);
	b->partners = bits_new(n);
	b->uneven = bits_new(n);
}

static void note_way_out(struct balance *b, const struct event *event)
{
	const struct work *w = event->work;
	struct way_out out = {
		.context = event->context, .node = event->node,
		.line = event->line, .col = event->col,
		.ret = w->ret ? range_of(w, w->ret) : RANGE_ALL,
		.nholds = w->holds.n,
		.holds = arena_copy(&run_arena, w->holds.at,
				    w->holds.n * sizeof(*w->holds.at)),
	};

	VEC_PUSH(&b->outs, out);
}

static void note_drop(struct balance *b, const struct event *event)
{
	const struct hold *hold = event->hold;
	struct bad_drop drop = { .event = *event };
	const struct function *fn = event->context->fn;

	if (hold && is_crowd(hold)) {
		bit_set(&b->crowds[fn->id], event->cls->id);
		if (hold->fn)
			bit_set(&b->crowds[hold->fn->id], event->cls->id);
	}
	if (hold && !hold->on_entry && !hold->asserted && hold->fn != fn)
		bit_set(&b->pays[fn->id], event->cls->id);
	if (hold && (hold->mode == event->mode || hold->mode == MODE_ANY ||
		     event->mode == MODE_ANY))
		return;
	if (hold)
		drop.held = *hold;
	else if (event->context->root && !event->context->in_sight)
		bit_set(&b->partners, event->cls->id);
	VEC_PUSH(&b->drops, drop);
}

void balance_note(struct balance *b, const struct event *event)
{
	const struct link *link = event->solver->link;

	if (event->kind == EVENT_RETURN) {
		note_way_out(b, event);
		return;
	}
	if (!event->cls || !is_balanced(link, event->cls))
		return;
	if (event->kind == EVENT_TAKE)
		bit_set(&b->takes[event->context->fn->id], event->cls->id);
	else if (event->kind == EVENT_NEED && !event->hold)
		bit_set(&b->promised[event->context->id], event->cls->id);
	else if (event->kind == EVENT_DROP || event->kind == EVENT_YIELD)
		note_drop(b, event);
}

/* Once all is seen */

static int by_caller(const void *x, const void *y)
{
	const struct call *a = x, *b = y;

	if (a->from->id != b->from->id)
		return a->from->id < b->from->id ? -1 : 1;
	if (a->to->id != b->to->id)
		return a->to->id < b->to->id ? -1 : 1;
	return (a->caller->insn->line > b->caller->insn->line) -
	       (a->caller->insn->line < b->caller->insn->line);
}

static int by_context(const void *x, const void *y)
{
	const struct way_out *a = x, *b = y;

	if (a->context->id != b->context->id)
		return a->context->id < b->context->id ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->node->id > b->node->id) - (a->node->id < b->node->id);
}

static void sort_all(struct balance *b)
{
	unsigned n = b->solver->contexts.n, i, k;

	for (i = 0; i < n; i++) {
		struct context *context = b->solver->contexts.at[i];

		for (k = 0; k < context->callers.n; k++)
			VEC_PUSH(&b->calls, ((struct call){
				 context->callers.at[k]->context, context,
				 context->callers.at[k] }));
	}
	if (b->calls.n)
		qsort(b->calls.at, b->calls.n, sizeof(*b->calls.at),
		      by_caller);
	if (b->outs.n)
		qsort(b->outs.at, b->outs.n, sizeof(*b->outs.at),
		      by_context);
	b->first_call = arena_array(&run_arena, unsigned, n + 1);
	b->first_out = arena_array(&run_arena, unsigned, n + 1);
	b->does = arena_array(&run_arena, unsigned char, n);
	for (i = 0; i < b->calls.n; i++)
		b->first_call[b->calls.at[i].from->id + 1]++;
	for (i = 0; i < b->outs.n; i++)
		b->first_out[b->outs.at[i].context->id + 1]++;
	for (i = 0; i < n; i++) {
		b->first_call[i + 1] += b->first_call[i];
		b->first_out[i + 1] += b->first_out[i];
	}
}

int entry_depth(const struct context *context, const struct lock_class *cls)
{
	unsigned i;
	int depth = 0;

	for (i = 0; i < context->entry->nholds; i++)
		if (context->entry->holds[i].cls == cls &&
		    !context->entry->holds[i].frame)
			depth += context->entry->holds[i].depth;
	return depth;
}

int net_of(const struct balance *b, const struct way_out *out,
	   const struct lock_class *cls)
{
	int net = -entry_depth(out->context, cls);
	unsigned i;

	for (i = 0; i < out->nholds; i++) {
		const struct hold *hold = &out->holds[i];

		if (hold->cls != cls || hold->frame || hold->asserted)
			continue;
		if (hold->fn && bit_get(&b->crowds[hold->fn->id], cls->id))
			return 0;
		net += hold->depth;
	}
	if (net > 0 && bit_get(&b->promised[out->context->id], cls->id))
		net--;
	return net;
}

/* A root that returns with more or less than it had; from there all follows. */
static void note_root(struct balance *b, const struct way_out *out)
{
	const struct state *entry = out->context->entry;
	unsigned i;

	for (i = 0; out->context->root && i < out->nholds + entry->nholds; i++) {
		const struct hold *hold = i < out->nholds
			? &out->holds[i] : &entry->holds[i - out->nholds];

		if (is_balanced(b->solver->link, hold->cls) &&
		    net_of(b, out, hold->cls))
			bit_set(&b->uneven, hold->cls->id);
	}
}

const struct hold *surplus(const struct balance *b, const struct way_out *out)
{
	const struct hold *found = NULL;
	unsigned i;

	if (net_of(b, out, b->cls) <= 0)
		return NULL;
	for (i = 0; i < out->nholds; i++)
		if (out->holds[i].cls == b->cls &&
		    (!found || found->on_entry))
			found = &out->holds[i];
	return found;
}

static unsigned tally(const struct balance *b, const struct context *context)
{
	unsigned all = ALL_MORE | ALL_LESS;
	const struct way_out *out;

	each_out(b, out, context) {
		int net = net_of(b, out, b->cls);

		if (net > 0)
			all |= SOME_MORE;
		else
			all &= ~ALL_MORE;
		if (net < 0)
			all |= SOME_LESS;
		else
			all &= ~ALL_LESS;
	}
	return all;
}

/*
 * A caller that has not taken the lock and drops it, or calls who drops it,
 * pays for a callee that has.
 */
static bool pays(const struct balance *b, const struct context *context)
{
	const struct function *fn = context->fn;
	const struct call *call;

	if (takes(b, context))
		return false;
	if (bit_get(&b->pays[fn->id], b->cls->id))
		return true;
	if (entry_depth(context, b->cls))
		return false;
	each_call_from(b, call, context)
		if (entry_depth(call->to, b->cls) &&
		    does(b, call->to, SOME_LESS))
			return true;
	return false;
}

/* Down from who pays to all that he pays for. */
static void mark_paid(struct balance *b, const struct context *context)
{
	const struct call *call;

	each_call_from(b, call, context) {
		if (!does(b, call->to, SOME_MORE) || does(b, call->to, PAID))
			continue;
		b->does[call->to->id] |= PAID;
		mark_paid(b, call->to);
	}
}

void balance_ask(struct balance *b, const struct lock_class *cls)
{
	struct solver *solver = b->solver;
	unsigned i;

	for (i = 0; i < solver->contexts.n && b->cls == cls; i++)
		b->does[i] &= ~LOOKED;
	if (b->cls == cls)
		return;
	b->cls = cls;
	for (i = 0; i < solver->contexts.n; i++)
		b->does[i] = tally(b, solver->contexts.at[i]);
	for (i = 0; i < solver->contexts.n; i++)
		if (pays(b, solver->contexts.at[i]))
			mark_paid(b, solver->contexts.at[i]);
}

bool someone_drops(const struct balance *b)
{
	unsigned i;

	if (bit_get(&b->partners, b->cls->id))
		return true;
	for (i = 0; i < b->solver->contexts.n; i++) {
		struct context *context = b->solver->contexts.at[i];

		if (entry_depth(context, b->cls) && does(b, context, SOME_LESS))
			return true;
	}
	return false;
}

bool is_taker(const struct balance *b, const struct info *info)
{
	bool always = true;
	unsigned i;

	for (i = 0; i < info->contexts.n; i++) {
		if (does(b, info->contexts.at[i], PAID))
			return true;
		always &= does(b, info->contexts.at[i], ALL_MORE);
	}
	/* A wrapper of a primitive, whose one caller forgets the other one. */
	return always && info->small && someone_drops(b);
}

static bool overlap(struct range a, struct range b)
{
	struct range both = {
		a.low > b.low ? a.low : b.low,
		a.high < b.high ? a.high : b.high, a.nonzero || b.nonzero,
	};

	return !range_is_empty(both);
}

bool is_ambiguous(const struct balance *b, const struct way_out *out, int sign)
{
	const struct way_out *other;
	bool fails = out->ret.high < 0, other_works = false;

	each_out(b, other, out->context) {
		int net = net_of(b, other, b->cls);

		other_works |= other->ret.low >= 0 && net * sign > 0;
		if (net * sign <= 0 && overlap(other->ret, out->ret))
			return true;
	}
	return sign > 0 && fails && other_works;
}

void balance_end(struct balance *b)
{
	unsigned i;

	sort_all(b);
	for (i = 0; i < b->outs.n; i++)
		note_root(b, &b->outs.at[i]);
}

void balance_free(struct balance *b)
{
	free(b->outs.at);
	free(b->drops.at);
	free(b->calls.at);
	*b = (struct balance){ 0 };
}
