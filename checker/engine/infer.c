// SPDX-License-Identifier: GPL-2.0-only

#include "infer.h"
#include "reach.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PARAMS	16
#define UNSEEN		0xff

/* A class that is held, and how; sorted by class in a call. */
struct held {
	unsigned short cls;
	unsigned char mode;
};

/* Calls of @callee in @caller that are alike, as far as they can be told. */
struct call {
	const struct info *caller, *callee;
	struct held *held;
	unsigned nheld;
	unsigned char args[MAX_PARAMS];	/* of a bool: 0, 1 or UNSEEN */
	unsigned hash;
	unsigned next;			/* of the same hash, from 1 */
};

struct call_table {
	VEC(struct call) all;		/* in the end by callee */
	unsigned *first;		/* by function id, in the end */
	unsigned *slot;			/* by hash, from 1 */
	unsigned size;
};

#define SLOTS	(1u << 16)

struct inference *inference_new(struct link *link)
{
	struct inference *inference = arena_new(&run_arena, struct inference);

	inference->link = link;
	inference->of = arena_array(&run_arena, struct usuals, link->n);
	inference->calls = arena_new(&run_arena, struct call_table);
	inference->calls->slot = arena_array(&run_arena, unsigned, SLOTS);
	return inference;
}

/* Calls */

static int by_class(const void *x, const void *y)
{
	const struct held *a = x, *b = y;

	return a->cls != b->cls ? a->cls - b->cls : a->mode - b->mode;
}

static bool is_lock(const struct link *link, const struct hold *hold)
{
	return hold->cls->flavour && !hold->frame &&
	       !is_late_class(link, hold->cls) &&
	       strcmp(hold->cls->name, "warned") &&
	       strcmp(hold->cls->name, "alone");
}

static unsigned hash_call(const struct call *call)
{
	uint64_t h = (uintptr_t)call->caller->fn->id * 2654435761u +
		     call->callee->fn->id;
	unsigned i;

	for (i = 0; i < call->nheld; i++)
		h = h * 31 + call->held[i].cls * 4u + call->held[i].mode;
	for (i = 0; i < MAX_PARAMS; i++)
		h = h * 7 + call->args[i];
	return (unsigned)(h ^ h >> 32);
}

static bool same_call(const struct call *a, const struct call *b)
{
	return a->hash == b->hash && a->caller == b->caller &&
	       a->callee == b->callee && a->nheld == b->nheld &&
	       !memcmp(a->args, b->args, sizeof(a->args)) &&
	       !memcmp(a->held, b->held, a->nheld * sizeof(*a->held));
}

static void add_call(struct call_table *calls, struct call *call)
{
	unsigned *slot, i;

	call->hash = hash_call(call);
	slot = &calls->slot[call->hash % SLOTS];
	for (i = *slot; i; i = calls->all.at[i - 1].next)
		if (same_call(&calls->all.at[i - 1], call))
			return;
	call->held = arena_copy(&run_arena, call->held,
				call->nheld * sizeof(*call->held));
	call->next = *slot;
	VEC_PUSH(&calls->all, *call);
	*slot = calls->all.n;
}

static bool is_bool(const struct variable *var)
{
	return var->type && var->type->kind == TYPE_SCALAR &&
	       var->type->bits == 1;
}

static void note_args(struct call *call, const struct event *event)
{
	const struct function *fn = call->callee->fn;
	unsigned i;

	memset(call->args, UNSEEN, sizeof(call->args));
	for (i = 0; i < event->insn->nargs && i < fn->nparams &&
	     i < MAX_PARAMS; i++) {
		int truth;

		if (!is_bool(&fn->vars[i]))
			continue;
		truth = truth_of(event->work, eval((struct work *)event->work,
						   event->insn->args[i]));
		if (truth >= 0)
			call->args[i] = truth;
	}
}

void inference_watch(struct inference *inference, const struct event *event)
{
	struct held held[64];
	struct call call = { .held = held };
	unsigned i;

	if (event->kind != EVENT_CALL || !event->callee->def ||
	    work_holds(event->work, "warned"))
		return;
	call.caller = event->context->info;
	call.callee = info_of(event->callee->def);
	for (i = 0; i < event->work->holds.n && call.nheld < ARRAY_SIZE(held); i++) {
		const struct hold *hold = &event->work->holds.at[i];

		if (is_lock(inference->link, hold))
			held[call.nheld++] = (struct held){ hold->cls->id,
							    hold->mode };
	}
	qsort(held, call.nheld, sizeof(*held), by_class);
	note_args(&call, event);
	add_call(inference->calls, &call);
}

/* A function that was never entered calls with what its own callers hold. */
static struct inference *at_work;

static void visit_unsolved(struct link *link, struct info *caller,
			   struct info *callee, const struct insn *insn)
{
	struct call call = { .caller = caller, .callee = callee };

	(void)link;
	(void)insn;
	memset(call.args, UNSEEN, sizeof(call.args));
	add_call(at_work->calls, &call);
}

/* By function and class: which modes it is entered in, over all calls */

struct table {
	unsigned char *modes;		/* 0: no call has it */
	unsigned char *missing;		/* some call has it not */
	unsigned n;
};

static unsigned cell(const struct table *t, const struct info *info, unsigned cls)
{
	return info->fn->id * t->n + cls;
}

static bool is_called_from_afar(const struct info *info)
{
	return info->afar || info->entries.n || !info->called;
}

/* What the caller holds that it has nothing to do with: it has it all along. */
static unsigned modes_in_call(const struct table *t, const struct call *call,
			      unsigned cls, const struct lock_class *lock,
			      bool *missing)
{
	const struct info *caller = call->caller;
	unsigned modes = 0, i;

	*missing = false;
	for (i = 0; i < call->nheld; i++)
		if (call->held[i].cls == cls)
			modes |= 1u << call->held[i].mode;
	if (modes)
		return modes;
	*missing = true;
	if (caller->contexts.n && is_touched(caller, lock))
		return 0;
	*missing = t->missing[cell(t, caller, cls)] ||
		   is_called_from_afar(caller);
	return t->modes[cell(t, caller, cls)];
}

static bool flow_call(struct inference *inference, struct table *t,
		      const struct call *call)
{
	bool more = false;
	unsigned cls;

	for (cls = 0; cls < t->n; cls++) {
		unsigned at = cell(t, call->callee, cls), modes;
		bool missing;

		modes = modes_in_call(t, call, cls,
				      inference->link->contracts->classes.at[cls],
				      &missing);
		if ((modes & ~t->modes[at]) || (missing && !t->missing[at])) {
			t->modes[at] |= modes;
			t->missing[at] |= missing;
			more = true;
		}
	}
	return more;
}

/* What is missing is found from the entry points down, so that functions that
 * call each other do not vouch for each other. */
static void flow(struct inference *inference, struct table *t)
{
	bool more;
	unsigned i;

	do {
		more = false;
		for (i = 0; i < inference->calls->all.n; i++)
			more |= flow_call(inference, t,
					  &inference->calls->all.at[i]);
	} while (more);
}

#define each_call_of(call, calls, info)					\
	for (call = (calls)->all.at + (calls)->first[(info)->fn->id];	\
	     call < (calls)->all.at + (calls)->first[(info)->fn->id + 1]; call++)

/* Which calls are without @cls though others have it: do they hold another? */

static bool holds(const struct call *call, unsigned cls)
{
	unsigned i;

	for (i = 0; i < call->nheld; i++)
		if (call->held[i].cls == cls)
			return true;
	return false;
}

static bool either_in_all(const struct inference *inference,
			  const struct info *info, unsigned a, unsigned b)
{
	const struct call *call;
	bool some = false;

	each_call_of(call, inference->calls, info) {
		some = true;
		if (!holds(call, a) && !holds(call, b))
			return false;
	}
	return some;
}

/* Read wherever the bool parameter is true, write wherever it is false. */
static int mode_param(const struct inference *inference,
		      const struct info *info, unsigned cls)
{
	const struct call *call;
	unsigned p, k;

	for (p = 0; p < info->fn->nparams && p < MAX_PARAMS; p++) {
		bool fits = is_bool(&info->fn->vars[p]);
		unsigned seen = 0;

		each_call_of(call, inference->calls, info) {
			for (k = 0; k < call->nheld; k++)
				if (call->held[k].cls == cls)
					fits &= call->held[k].mode ==
						(call->args[p] == 1 ? MODE_READ
						 : MODE_WRITE) &&
						call->args[p] != UNSEEN;
			seen |= 1u << (call->args[p] == 1);
		}
		if (fits && seen == 3)
			return p;
	}
	return -1;
}

static int by_name(const void *x, const void *y)
{
	const struct usual *a = x, *b = y;

	return strcmp(a->cls->name, b->cls->name);
}

static void settle(struct inference *inference, const struct table *t,
		   const struct info *info)
{
	const struct contracts *contracts = inference->link->contracts;
	struct usuals *usuals = &inference->of[info->fn->id];
	unsigned cls, other;

	usuals->known = !is_called_from_afar(info);
	for (cls = 0; usuals->known && cls < t->n; cls++) {
		struct usual usual = {
			.cls = contracts->classes.at[cls], .by_param = -1,
			.modes = t->modes[cell(t, info, cls)],
			.always = !t->missing[cell(t, info, cls)],
		};

		if (!usual.modes) {
			if (bit_get(&info->taken, cls) && usual.cls->flavour &&
			    !usual.cls->flavour->counts && !usual.cls->leaf)
				VEC_PUSH(&usuals->absent, usual.cls);
			continue;
		}
		if (usual.always && usual.modes & (usual.modes - 1))
			usual.by_param = mode_param(inference, info, cls);
		for (other = 0; !usual.always && other < t->n; other++)
			if (other != cls && t->modes[cell(t, info, other)] &&
			    t->missing[cell(t, info, other)] &&
			    either_in_all(inference, info, cls, other)) {
				usual.other = contracts->classes.at[other];
				break;
			}
		VEC_PUSH(&usuals->held, usual);
	}
	if (usuals->held.n)
		qsort(usuals->held.at, usuals->held.n, sizeof(struct usual),
		      by_name);
}

static int by_callee(const void *x, const void *y)
{
	const struct call *a = x, *b = y;
	unsigned i = a->callee->fn->id, k = b->callee->fn->id;

	return (i > k) - (i < k);
}

static void index_calls(struct call_table *calls, unsigned functions)
{
	unsigned i;

	if (calls->all.n)
		qsort(calls->all.at, calls->all.n, sizeof(struct call), by_callee);
	calls->first = arena_array(&run_arena, unsigned, functions + 1);
	for (i = 0; i < calls->all.n; i++)
		calls->first[calls->all.at[i].callee->fn->id + 1]++;
	for (i = 0; i < functions; i++)
		calls->first[i + 1] += calls->first[i];
}

void inference_settle(struct inference *inference)
{
	struct link *link = inference->link;
	struct table t = { .n = link->nclasses };
	unsigned i;

	at_work = inference;
	for (i = 0; i < link->n; i++)
		if (!info_of(link->functions[i])->contexts.n)
			each_call(link, link->functions[i], visit_unsolved);
	index_calls(inference->calls, link->n);
	t.modes = calloc((size_t)link->n + 1, t.n);
	t.missing = calloc((size_t)link->n + 1, t.n);
	flow(inference, &t);
	for (i = 0; i < link->n; i++)
		settle(inference, &t, info_of(link->functions[i]));
	free(t.modes);
	free(t.missing);
}
