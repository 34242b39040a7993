// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a function takes it drops on every path, unless its callers show the
 * pair; and what it drops it holds, in that mode.
 *
 * That something is wrong shows late: where an entry point returns with a lock,
 * or where a lock is dropped that is not held. From there the way goes down the
 * calls, to the function that no caller could have paid for.
 */

#include "balance.h"
#include "rule.h"

static struct balance *const book = &(struct balance){ 0 };

/* Down from an entry point, or from who drops, to who is asked about. */
static struct {
	const struct caller *at[64];
	unsigned n;
} way;

static struct findings *said;
static unsigned marks = 1u << 29, mark;

static void ask_about(const struct lock_class *cls)
{
	balance_ask(book, cls);
	way.n = 0;
	mark = ++marks;
}

static void check(struct findings *findings, const struct event *event)
{
	(void)findings;
	if (!book->solver)
		balance_begin(book, event->solver);
	balance_note(book, event);
}

/* Saying it */

/*
 * What was said of a way out is kept: who stands to blame for sure is forgiven
 * in the next round, so that what follows from it is not said as well.
 */
struct blamed {
	struct info *info;
	const struct lock_class *cls;
	unsigned line;
	int sign;
};

static VEC(struct blamed) blamed;

static bool is_blamed(const struct way_out *out, int sign)
{
	unsigned i;

	for (i = 0; i < blamed.n; i++)
		if (blamed.at[i].info == out->context->info &&
		    blamed.at[i].cls == book->cls &&
		    blamed.at[i].line == out->line && blamed.at[i].sign == sign)
			return true;
	return false;
}

/* Found with all that is known of all functions on the way. */
static bool is_certain(const struct finding *finding)
{
	unsigned i;

	for (i = 0; i < finding->involved.n; i++)
		if (!finding->involved.at[i]->precise)
			return false;
	return true;
}

static void say(const struct way_out *out, const struct hold *hold)
{
	const struct function *fn = out->context->fn;
	const struct caller *up[ARRAY_SIZE(way.at)];
	struct finding *finding;
	unsigned i;

	if (hold)
		finding = finding_add(said, "lock-balance", fn,
				      out->line, out->col,
				      "%s() returns with %s held", fn->name,
				      lock_text(hold->cls, hold->mode));
	else
		finding = finding_add(said, "lock-balance", fn,
				      out->line, out->col,
				      "%s() returns without %s, which its caller holds",
				      fn->name, book->cls->name);
	if (!finding)
		return;
	if (hold && hold->fn)
		finding_note(finding, hold->fn, hold->line, hold->col,
			     "taken here, in %s(), and not dropped on this path",
			     hold->fn->name);
	for (i = 0; i < way.n; i++)
		up[i] = way.at[way.n - 1 - i];
	finding_path_by(finding, up, way.n, out->context, out->node);
	if (!is_certain(finding) || is_blamed(out, hold ? 1 : -1))
		return;
	VEC_PUSH(&blamed, ((struct blamed){ out->context->info, book->cls,
		 out->line, hold ? 1 : -1 }));
	forgive(book->solver, out->context->info, book->cls);
}

/* What was forgiven is said again in each round. */
static void say_again(const struct blamed *b)
{
	const struct way_out *out, *best = NULL;
	unsigned i;

	ask_about(b->cls);
	for (i = 0; i < b->info->contexts.n; i++)
		each_out(book, out, b->info->contexts.at[i])
			if (out->line == b->line &&
			    net_of(book, out, b->cls) * b->sign > 0 &&
			    (!best || out->context->distance <
				      best->context->distance))
				best = out;
	if (best)
		say(best, surplus(book, best));
}

/* Too much */

static bool say_odd_ones(struct context *context)
{
	const struct way_out *out;
	bool some = false;

	each_out(book, out, context) {
		const struct hold *hold = surplus(book, out);

		if (hold && is_ambiguous(book, out, 1)) {
			say(out, hold);
			some = true;
		}
	}
	return some;
}

/* From a context that returns with the lock down to who is to blame for it. */
static bool charge(struct context *context)
{
	const struct way_out *out;
	const struct call *call;
	bool below = false;

	if (context->mark == mark)
		return true;
	context->mark = mark;
	each_call_from(book, call, context) {
		if (call->to == context || !does(book, call->to, SOME_MORE) ||
		    way.n == ARRAY_SIZE(way.at))
			continue;
		way.at[way.n++] = call->caller;
		below |= is_taker(book, call->to->info) ? say_odd_ones(call->to)
						  : charge(call->to);
		way.n--;
	}
	each_out(book, out, context) {
		const struct hold *hold = surplus(book, out);

		if (hold && (!below || hold->fn == context->fn))
			say(out, hold);
	}
	return true;
}

/* True if who calls from out of sight can call somebody to drop it, too. */
static bool can_be_dropped(void)
{
	unsigned i;

	if (bit_get(&book->partners, book->cls->id))
		return true;
	for (i = 0; i < book->solver->contexts.n; i++) {
		struct context *context = book->solver->contexts.at[i];

		if (does(book, context, SOME_LESS) &&
		    context->fn->linkage == LINK_GLOBAL)
			return true;
	}
	return false;
}

static bool may_be_left(const struct context *context)
{
	return !context->info->entry && !context->info->escapes &&
	       can_be_dropped();
}

static void settle_roots(const struct lock_class *cls)
{
	unsigned i;

	ask_about(cls);
	for (i = 0; i < book->solver->contexts.n; i++) {
		struct context *context = book->solver->contexts.at[i];
		const struct way_out *out;

		if (!context->root)
			continue;
		if (does(book, context, SOME_MORE) && !may_be_left(context))
			charge(context);
		each_out(book, out, context)
			if (net_of(book, out, cls) < 0 && !cls->flavour->loose)
				say(out, NULL);
	}
}

/* Too little */

/*
 * True if @out has less than its caller may count on: not what the others have,
 * and the caller cannot tell; or a lock that the function drops for a while has
 * not been taken again.
 */
static bool is_short(const struct way_out *out)
{
	struct context *context = out->context;
	int net = net_of(book, out, book->cls);

	if (net < 0 && entry_depth(context, book->cls) &&
	    !does(book, context, ALL_LESS))
		return takes(book, context) || is_ambiguous(book, out, -1);
	return net == 0 && does(book, context, SOME_MORE) &&
	       is_ambiguous(book, out, -1);
}

/* Some callee of @context has dropped it, or has not taken it, on one path. */
static bool callee_lost_it(struct context *context)
{
	const struct way_out *out;
	const struct call *call;
	bool some = false;

	if (does(book, context, LOOKED))
		return false;
	book->does[context->id] |= LOOKED;
	each_call_from(book, call, context) {
		if (way.n == ARRAY_SIZE(way.at))
			break;
		way.at[way.n++] = call->caller;
		each_out(book, out, call->to) {
			if (!is_short(out))
				continue;
			if (!callee_lost_it(call->to))
				say(out, NULL);
			some = true;
		}
		way.n--;
	}
	return some;
}

static bool has_holding_caller(const struct info *info)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (entry_depth(info->contexts.at[i], book->cls))
			return true;
	return false;
}

static void say_drop(const struct bad_drop *drop, const struct function *fn,
		     unsigned line, unsigned col, const char *callee,
		     const struct caller *const *way, unsigned steps)
{
	const struct event *event = &drop->event;
	const char *what = event->kind == EVENT_YIELD ? "yielded" : "dropped";
	struct finding *finding;

	if (callee)
		finding = finding_add(said, "lock-balance", fn, line,
				      col, "%s() is called without %s, which is %s in it",
				      callee, book->cls->name, what);
	else if (drop->held.cls)
		finding = finding_add(said, "lock-balance", fn, line,
				      col, "%s is %s for %s, but held for %s",
				      book->cls->name, what,
				      mode_name(event->mode),
				      mode_name(drop->held.mode));
	else
		finding = finding_add(said, "lock-balance", fn, line,
				      col, "%s is %s, but not held",
				      book->cls->name, what);
	if (!finding)
		return;
	if (drop->held.fn)
		finding_note(finding, drop->held.fn, drop->held.line,
			     drop->held.col, "%s here, in %s()",
			     drop->held.asserted ? "asserted" : "taken",
			     drop->held.fn->name);
	if (callee)
		finding_note(finding, event->context->fn, event->line,
			     event->col, "%s here", what);
	finding_path_by(finding, way, steps, event->context, event->node);
}

/* Up from the drop as long as it was for callers to hold the lock. */
static void blame(const struct bad_drop *drop, struct context *context,
		  const struct caller **up, unsigned steps)
{
	const struct event *event = &drop->event;
	unsigned i;

	if (context->mark == mark || callee_lost_it(context))
		return;
	context->mark = mark;
	if (entry_depth(context, book->cls) ||
	    takes(book, context) ||
	    !has_holding_caller(context->info)) {
		if (!steps)
			say_drop(drop, context->fn, event->line, event->col,
				 NULL, up, steps);
		else
			say_drop(drop, up[steps - 1]->context->fn,
				 up[steps - 1]->insn->line,
				 up[steps - 1]->insn->col,
				 (steps > 1 ? up[steps - 2]->context
				  : event->context)->fn->name, up, steps);
		return;
	}
	for (i = 0; i < context->callers.n && steps < ARRAY_SIZE(way.at); i++) {
		up[steps] = context->callers.at[i];
		blame(drop, up[steps]->context, up, steps + 1);
	}
}

static void settle_drop(const struct bad_drop *drop)
{
	const struct caller *up[ARRAY_SIZE(way.at)];
	struct context *context = drop->event.context;

	if (!drop->held.cls &&
	    (drop->event.cls->flavour->loose ||
	     bit_get(&book->crowds[context->fn->id], drop->event.cls->id)))
		return;
	ask_about(drop->event.cls);
	if (drop->held.cls)
		say_drop(drop, context->fn, drop->event.line, drop->event.col,
			 NULL, NULL, 0);
	else if (context->in_sight ||
		 takes(book, context))
		blame(drop, context, up, 0);
}

static void finish(struct findings *findings, struct solver *solver)
{
	const struct link *link = solver->link;
	unsigned said_before = blamed.n, i;

	if (!book->solver)
		balance_begin(book, solver);
	balance_end(book);
	said = findings;
	for (i = 0; i < said_before; i++)
		say_again(&blamed.at[i]);
	for (i = 0; i < link->nclasses; i++)
		if (bit_get(&book->uneven, i))
			settle_roots(link->contracts->classes.at[i]);
	for (i = 0; i < book->drops.n; i++)
		settle_drop(&book->drops.at[i]);
	balance_free(book);
}

RULE(lock_balance, "lock-balance", "what is taken is dropped on every path",
     check, finish);
