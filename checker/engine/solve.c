// SPDX-License-Identifier: GPL-2.0-only

#include "reach.h"
#include "solve.h"

#include <stdlib.h>
#include <string.h>

#define MAX_STATES	32	/* of holds, at one point of one function */
#define MAX_CONTEXTS	128	/* of one function; then values are forgotten */
#define MAX_DEPTH	500	/* calls within calls */
#define WIDEN_AFTER	4

bool is_atomic(const struct work *w)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].cls->flavour &&
		    w->holds.at[i].cls->flavour->atomic)
			return true;
	return false;
}

const struct slice *slice_for(const struct info *info, bool atomic)
{
	bool sleep = info->sleeps && (atomic || info->moves_atomic);

	return &info->slice[sleep ? SLICE_SLEEP : SLICE_LOCKS];
}

void refine(struct solver *solver, struct context *context,
	    const struct lock_class *cls)
{
	unsigned i;

	if (is_touched(context->info, cls))
		return;
	bit_set(&context->info->touched, cls->id);
	solver->refined = true;
	for (i = 0; i < context->callers.n; i++)
		refine(solver, context->callers.at[i]->context, cls);
}

/* Nodes */

static struct node *find_node(struct context *context, unsigned block,
			      unsigned insn, const struct work *w,
			      unsigned *count)
{
	unsigned i;

	*count = 0;
	for (i = 0; i < context->nodes.n; i++) {
		struct node *node = context->nodes.at[i];

		if (node->block != block || node->insn != insn)
			continue;
		if (state_same_holds(node->state, w))
			return node;
		(*count)++;
	}
	return NULL;
}

static void queue_node(struct context *context, struct node *node)
{
	if (node->queued)
		return;
	node->queued = true;
	VEC_PUSH(&context->queue, node);
}

/* The earliest in the function first: what comes before is settled then. */
static struct node *next_node(struct context *context)
{
	unsigned i, best = 0;
	struct node *node;

	if (!context->queue.n)
		return NULL;
	for (i = 1; i < context->queue.n; i++) {
		struct node *a = context->queue.at[i];
		struct node *b = context->queue.at[best];

		if (a->block != b->block ? a->block < b->block
		    : a->insn != b->insn ? a->insn < b->insn : a->id < b->id)
			best = i;
	}
	node = context->queue.at[best];
	context->queue.at[best] = context->queue.at[--context->queue.n];
	node->queued = false;
	return node;
}

static void reach(struct path *path, unsigned block, unsigned insn,
		  struct work *w)
{
	struct context *context = path->context;
	const struct bits *live = insn ? NULL : &context->info->live[block];
	struct solver *solver = path->solver;
	struct node *node;
	unsigned count;

	if (solver->watch)
		return;		/* all is reached already */
	work_sort_holds(w);
	node = find_node(context, block, insn, w, &count);
	if (node) {
		node->merges++;
		if (state_join(node->state, w, block + (insn << 12), live,
			       node->merges > WIDEN_AFTER))
			queue_node(context, node);
		return;
	}
	if (count >= MAX_STATES) {
		if (!context->capped)
			solver->counts.state_caps++;
		context->capped = true;
		return;
	}
	node = arena_new(&solve_arena, struct node);
	node->block = block;
	node->insn = insn;
	node->state = state_from_work(w, live);
	node->pred = path->node;
	node->id = context->nodes.n;
	VEC_PUSH(&context->nodes, node);
	solver->counts.nodes++;
	queue_node(context, node);
}

static void make_pending(struct solver *solver, struct context *context)
{
	if (context->pending || context->active)
		return;
	context->pending = true;
	VEC_PUSH(&solver->pending, context);
}

static void tell_callers(struct solver *solver, struct context *context)
{
	unsigned i;

	for (i = 0; i < context->callers.n; i++) {
		struct caller *caller = context->callers.at[i];

		queue_node(caller->context, caller->node);
		make_pending(solver, caller->context);
	}
}

static bool same_exit_holds(const struct state *a, const struct state *b)
{
	unsigned i;

	if (a->nholds != b->nholds)
		return false;
	for (i = 0; i < a->nholds; i++)
		if (hold_compare(&a->holds[i], &b->holds[i]))
			return false;
	return true;
}

static void leave_function(struct path *path, struct work *w)
{
	struct context *context = path->context;
	struct exit_point *exit;
	struct state *state;
	unsigned i;

	work_sort_holds(w);
	if (path->solver->watch) {
		struct event event = {
			.kind = EVENT_RETURN, .work = w,
			.line = context->fn->end, .col = 1,
		};
		const struct block *block = path->block;

		for (i = 0; i < block->ninsns; i++)
			if (block->insns[i].kind == INSN_RETURN) {
				event.insn = &block->insns[i];
				event.line = block->insns[i].line;
				event.col = block->insns[i].col;
			}
		emit(path, &event);
		return;
	}
	state = state_of_exit(w);
	for (i = 0; i < context->exits.n; i++) {
		if (!same_exit_holds(context->exits.at[i]->state, state))
			continue;
		if (state_join_exit(context->exits.at[i]->state, state))
			tell_callers(path->solver, context);
		return;
	}
	exit = arena_new(&solve_arena, struct exit_point);
	exit->state = state;
	exit->from = path->node;
	VEC_PUSH(&context->exits, exit);
	tell_callers(path->solver, context);
}

/* Instructions */

static bool makes_values(const struct expr *e)
{
	if (!e)
		return false;
	return e->op == EXPR_UNKNOWN || e->op == EXPR_CONDITIONAL ||
	       makes_values(e->a) || makes_values(e->b) || makes_values(e->c);
}

static bool is_record(const struct expr *e)
{
	return e->type && e->type->kind == TYPE_RECORD;
}

static const struct field *field_stored(const struct expr *to)
{
	while (to->op == EXPR_INDEX)
		to = to->a;
	return to->op == EXPR_FIELD ? to->field : NULL;
}

static bool is_pointer(const struct type *type)
{
	return type && (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY);
}

/*
 * Numbers that decide nothing are not followed. Pointers are: a lock is named
 * by the way to it.
 */
static bool is_followed(const struct path *path, const struct insn *insn)
{
	const struct expr *to = insn->to;
	const struct field *field = field_stored(to);

	if (to->op == EXPR_VAR)
		return is_pointer(to->type) ||
		       bit_get(&path->context->slice->vars, to->var);
	if (!field || counts(path->solver->link, insn))
		return true;
	if (bit_get(&path->solver->link->relevant_fields, field->id) ||
	    path->solver->link->field_guards[field->id].n)
		return true;
	/* In a record of this function, which is how guard() keeps its lock. */
	while (to->op == EXPR_FIELD || to->op == EXPR_INDEX)
		to = to->a;
	return is_pointer(field->type) && to->op == EXPR_VAR;
}

static void step_assign(struct path *path, struct work *w,
			const struct insn *insn)
{
	const struct term *to, *value;
	const struct field *field;

	if (!is_record(insn->value) && !is_followed(path, insn))
		return;

	if (is_record(insn->value) && insn->value->op != EXPR_UNKNOWN &&
	    insn->value->op != EXPR_CONDITIONAL) {
		work_copy_record(w, eval_address(w, insn->to),
				 eval_address(w, insn->value));
		return;
	}
	value = eval(w, insn->value);
	to = eval_address(w, insn->to);
	field = field_stored(insn->to);
	if (path->solver->watch && field &&
	    path->solver->link->field_guards[field->id].n) {
		struct event event = {
			.kind = EVENT_STORE, .insn = insn, .work = w,
			.field = field, .at = to, .value = value,
		};

		emit(path, &event);
	}
	if (counts(path->solver->link, insn)) {
		step_count(path, w, insn, to);
		return;
	}
	if (to->kind == TERM_LOCAL && insn->value->op == EXPR_UNKNOWN)
		work_forget(w, to);
	else
		work_store(w, to, value);
}

static void step_return(struct work *w, const struct insn *insn)
{
	if (!insn->value) {
		w->ret = NULL;
		return;
	}
	if (is_record(insn->value)) {
		work_copy_record(w, term_return(),
				 eval_address(w, insn->value));
		w->ret = NULL;
		return;
	}
	w->ret = eval(w, insn->value);
}

/* Terminators */

/* Nothing that matters depends on it: which way it goes is all the same. */
static bool decides(const struct path *path)
{
	return bit_get(&path->context->slice->blocks, path->node->block);
}

static bool is_target(const struct block *block, const struct range_target *t,
		      int64_t value)
{
	unsigned i;

	if (!t->is_else)
		return t->low <= value && value <= t->high;
	for (i = 0; i < block->ntargets; i++)
		if (!block->targets[i].is_else &&
		    is_target(block, &block->targets[i], value))
			return false;
	return true;
}

/* What "none of the others" says of the value. */
static bool assume_else(struct work *w, const struct block *block,
			const struct term *value)
{
	unsigned i;

	for (i = 0; i < block->ntargets; i++) {
		const struct range_target *t = &block->targets[i];

		if (!t->is_else && t->low == t->high &&
		    !work_assume(w, term_binary(BIN_NE, value, term_int(t->low)),
				 true))
			return false;
	}
	return true;
}

static void go_switch(struct path *path, struct work *w,
		      const struct block *block)
{
	const struct term *value = eval(w, block->cond);
	struct range r = range_of(w, value);
	unsigned i;

	for (i = 0; i < block->ntargets; i++) {
		const struct range_target *t = &block->targets[i];
		struct work *other;
		bool possible;

		if (r.low == r.high) {
			if (is_target(block, t, r.low))
				reach(path, t->block, 0, w);
			continue;
		}
		if (!decides(path)) {
			reach(path, t->block, 0, w);
			continue;
		}
		other = work_copy(w);
		if (t->is_else)
			possible = assume_else(other, block, value);
		else
			possible = work_assume_range(other, value, (struct range){
				t->low, t->high, false });
		if (possible)
			reach(path, t->block, 0, other);
		work_free(other);
	}
}

static void go_if(struct path *path, struct work *w, const struct block *block)
{
	const struct term *cond = eval(w, block->cond);
	struct work *other;

	if (!decides(path)) {
		int truth = truth_of(w, cond);

		if (truth != 0)
			reach(path, block->targets[0].block, 0, w);
		if (truth != 1)
			reach(path, block->targets[1].block, 0, w);
		return;
	}
	other = work_copy(w);
	if (work_assume(w, cond, true))
		reach(path, block->targets[0].block, 0, w);
	if (work_assume(other, cond, false))
		reach(path, block->targets[1].block, 0, other);
	work_free(other);
}

static void go_on(struct path *path, struct work *w)
{
	const struct block *block = path->block;
	unsigned i;

	/* Conditions make their values at a site of their own. */
	w->site = path->context->fn->nsites + path->node->block;
	w->fresh = 0;
	if (makes_values(block->cond))
		work_retire_site(w, w->site);
	show_condition_reads(path, w, block);
	switch (block->exit) {
	case EXIT_GOTO:
	case EXIT_ANY:
		for (i = 0; i < block->ntargets; i++)
			reach(path, block->targets[i].block, 0, w);
		break;
	case EXIT_IF:
		go_if(path, w, block);
		break;
	case EXIT_SWITCH:
		go_switch(path, w, block);
		break;
	case EXIT_RETURN:
		leave_function(path, w);
		break;
	case EXIT_STOP:
		break;
	}
}

/* One step in place; false if the path splits or ends there. */
static bool step(struct path *path, struct work **at, const struct insn *insn)
{
	struct works ways = { 0 };
	struct work *w = *at;
	unsigned i;

	if (insn->kind == INSN_ASSIGN || insn->kind == INSN_RETURN) {
		if (makes_values(insn->value))
			work_retire_site(w, insn->site);
		w->site = insn->site;
		w->fresh = 0;
	}
	show_reads(path, w, insn);
	switch (insn->kind) {
	case INSN_ASSIGN:
		step_assign(path, w, insn);
		return true;
	case INSN_RETURN:
		step_return(w, insn);
		return true;
	case INSN_CLEAR:
		work_clear(w, eval_address(w, insn->to));
		return true;
	case INSN_CALL:
		break;
	}
	step_call(path, w, insn, &ways);
	*at = NULL;
	if (ways.n == 1) {
		*at = ways.at[0];
		free(ways.at);
		return true;
	}
	for (i = 0; i < ways.n; i++) {
		/* A branch on what the call returned tells the ways apart. */
		if (path->insn + 1 == path->block->ninsns)
			go_on(path, ways.at[i]);
		else
			reach(path, path->node->block, path->insn + 1,
			      ways.at[i]);
		work_free(ways.at[i]);
	}
	free(ways.at);
	return false;
}

static void run_node(struct solver *solver, struct context *context,
		     struct node *node)
{
	struct path path = {
		.solver = solver, .context = context, .node = node,
		.block = &context->fn->blocks[node->block],
	};
	struct work *w = work_new(context->fn);

	work_from_state(w, node->state);
	for (path.insn = node->insn; path.insn < path.block->ninsns; path.insn++)
		if (!step(&path, &w, &path.block->insns[path.insn]))
			break;
	if (w) {
		if (path.insn == path.block->ninsns)
			go_on(&path, w);
		work_free(w);
	}
}

/* Contexts */

void context_run(struct solver *solver, struct context *context)
{
	struct node *node;

	context->active = true;
	while ((node = next_node(context)))
		run_node(solver, context, node);
	context->active = false;
}

static struct context *context_find(struct info *info, struct state *entry,
				    unsigned hash)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (info->contexts.at[i]->hash == hash &&
		    state_equal(info->contexts.at[i]->entry, entry))
			return info->contexts.at[i];
	return NULL;
}

static bool is_alone(const struct info *info)
{
	const struct contract *contract = info->fn->symbol
		? info->fn->symbol->contract : NULL;
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++)
		if (contract->effects.at[i].verb == VERB_ALONE)
			return true;
	return false;
}

static void hold_alone(struct solver *solver, struct work *w)
{
	struct hold hold = {
		.cls = lock_class(solver->link->contracts, "alone"),
		.mode = MODE_WRITE, .depth = 1, .asserted = true,
	};

	if (!work_holds(w, "alone"))
		VEC_PUSH(&w->holds, hold);
}

static struct context *context_new(struct solver *solver, struct info *info,
				   struct state *entry, unsigned hash)
{
	struct context *context = arena_new(&solve_arena, struct context);
	struct path path = { .solver = solver, .context = context };
	struct work *w;

	context->info = info;
	context->fn = info->fn;
	context->entry = entry;
	context->forbids = entry->forbids | info->forbids;
	context->part = entry->part ? entry->part : info->part;
	context->hash = hash;
	context->id = solver->contexts.n;
	context->distance = ~0u;
	VEC_PUSH(&solver->contexts, context);
	VEC_PUSH(&info->contexts, context);
	solver->counts.contexts++;
	w = work_new(info->fn);
	work_from_state(w, entry);
	context->slice = slice_for(info, is_atomic(w));
	if (is_alone(info))
		hold_alone(solver, w);
	for (unsigned i = 0; i < info->fn->nparams; i++)
		if (!w->vals[i])
			w->vals[i] = term_param(i, 0, NULL);
	reach(&path, 0, 0, w);
	work_free(w);
	return context;
}

/* More entries than anybody wants to see apart: what is held counts, and what
 * rows have settled; far more: only what is held. */
static void forget_values(struct state *entry, bool all)
{
	unsigned i, n = 0;

	entry->nknown = 0;
	for (i = 0; i < entry->ncells; i++)
		if (entry->cells[i].address->kind == TERM_FIELD &&
		    entry->cells[i].address->a->kind == TERM_STRING)
			entry->cells[n++] = entry->cells[i];
	entry->ncells = all ? 0 : n;
	if (all)
		entry->nvals = 0;
}

static void add_caller(struct context *context, struct context *from,
		       struct node *node, const struct insn *insn)
{
	struct caller *caller;
	unsigned i;

	for (i = 0; i < context->callers.n; i++) {
		caller = context->callers.at[i];
		if (caller->node == node && caller->insn == insn)
			return;
	}
	caller = arena_new(&solve_arena, struct caller);
	*caller = (struct caller){ from, node, insn };
	VEC_PUSH(&context->callers, caller);
}

struct context *context_enter(struct solver *solver, struct info *info,
			      struct state *entry, struct context *caller,
			      struct node *node, const struct insn *insn)
{
	unsigned hash = state_hash(entry);
	struct context *context = context_find(info, entry, hash);

	if (!context && solver->watch)
		return NULL;	/* what is walked again was all entered before */
	if (!context && info->contexts.n >= MAX_CONTEXTS) {
		if (!info->capped++)
			solver->counts.context_caps++;
		forget_values(entry, info->contexts.n >= MAX_CONTEXTS * 4);
		hash = state_hash(entry);
		context = context_find(info, entry, hash);
	}
	if (!context) {
		context = context_new(solver, info, entry, hash);
		add_caller(context, caller, node, insn);
		if (solver->depth >= MAX_DEPTH) {
			solver->counts.depth_caps++;
			make_pending(solver, context);
			return context;
		}
		solver->depth++;
		context_run(solver, context);
		solver->depth--;
		return context;
	}
	if (!solver->watch)
		add_caller(context, caller, node, insn);
	return context;
}

/* From where the rest of the kernel comes in */

/* What a function states that it needs, who calls it from out of sight has. */
static void promise_holds(struct link *link, const struct info *info,
			  struct work *w)
{
	const struct contract *contract = info->fn->symbol
		? info->fn->symbol->contract : NULL;
	unsigned i;

	for (i = 0; i < info->fn->nparams; i++)
		w->vals[i] = term_param(i, 0, NULL);
	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		struct hold hold = {
			.mode = effect->mode, .depth = 1, .on_entry = true,
		};

		if (!effect->stated || effect->verb != VERB_NEED ||
		    effect->mode_arg != ARG_NONE)
			continue;
		hold.at = effect->lock ? eval(w, effect->lock)
				       : term_param(effect->arg, 0, NULL);
		hold.cls = effect->cls ? effect->cls
			: class_of(link, hold.at);
		VEC_PUSH(&w->holds, hold);
	}
	memset(w->vals, 0, info->fn->nparams * sizeof(*w->vals));
}

static struct state *root_entry(struct solver *solver, struct info *info)
{
	struct work *w = work_new(info->fn);
	struct state *state;
	unsigned i;

	promise_holds(solver->link, info, w);
	for (i = 0; info->entry && i < info->entry->holds.n; i++) {
		const struct guard_need *need = &info->entry->holds.at[i];
		struct hold hold = {
			.cls = need->cls, .mode = need->mode, .depth = 1,
			.on_entry = true,
		};

		if (!need->cls->flavour || !need->cls->flavour->reentrant)
			hold.at = term_outer(i, NULL);
		VEC_PUSH(&w->holds, hold);
	}
	work_sort_holds(w);
	state = state_from_work(w, NULL);
	work_free(w);
	return state;
}

static void run_pending(struct solver *solver)
{
	while (solver->pending.n) {
		struct context *context =
			solver->pending.at[--solver->pending.n];

		context->pending = false;
		context_run(solver, context);
	}
}

static void enter_root(struct solver *solver, struct info *info)
{
	struct state *entry = root_entry(solver, info);
	unsigned hash = state_hash(entry);
	struct context *context = context_find(info, entry, hash);

	if (!context)
		context = context_new(solver, info, entry, hash);
	context->root = true;
	context_run(solver, context);
	run_pending(solver);
}

static bool is_root(const struct info *info)
{
	return !info->called || info->entry;
}

/* A function that nobody in sight calls, but others can, is called by somebody
 * who may hold whatever it asks for. */
static bool begins_in_sight(const struct info *info)
{
	return info->entry || info->escapes ||
	       (!info->fn->exported && info->fn->linkage != LINK_GLOBAL);
}

static void measure_sight(struct solver *solver)
{
	bool more;
	unsigned i, c;

	for (i = 0; i < solver->contexts.n; i++) {
		struct context *context = solver->contexts.at[i];

		context->in_sight = context->root && begins_in_sight(context->info);
	}
	do {
		more = false;
		for (i = 0; i < solver->contexts.n; i++) {
			struct context *context = solver->contexts.at[i];

			for (c = 0; c < context->callers.n &&
			     !context->in_sight; c++)
				if (context->callers.at[c]->context->in_sight)
					more = context->in_sight = true;
		}
	} while (more);
}

/* Breadth first from the roots: the shortest way is the one that is shown. */
static void measure_distances(struct solver *solver)
{
	VEC(struct context *) queue = { 0 };
	unsigned i, k, c;

	for (i = 0; i < solver->contexts.n; i++)
		if (solver->contexts.at[i]->root) {
			solver->contexts.at[i]->distance = 0;
			VEC_PUSH(&queue, solver->contexts.at[i]);
		}
	/* Callers are known from the callee: relax until nothing moves. */
	do {
		k = 0;
		for (i = 0; i < solver->contexts.n; i++) {
			struct context *context = solver->contexts.at[i];

			for (c = 0; c < context->callers.n; c++) {
				struct caller *caller = context->callers.at[c];

				/* Not by way of who is called from out of sight. */
				if (caller->context->distance == ~0u ||
				    caller->context->in_sight < context->in_sight ||
				    caller->context->distance + 1 >=
				    context->distance)
					continue;
				context->distance =
					caller->context->distance + 1;
				context->first = caller;
				k++;
			}
		}
	} while (k);
	free(queue.at);
}

static void enter_all(struct solver *solver)
{
	struct link *link = solver->link;
	unsigned i;

	for (i = 0; i < link->n; i++) {
		struct info *info = info_of(link->functions[i]);

		solver->counts.functions++;
		solver->counts.relevant += info->moves || info->sleeps;
		if ((info->moves || info->entry) && is_root(info))
			enter_root(solver, info);
	}
	/* What only calls itself, or is called by what is never entered. */
	for (i = 0; i < link->n; i++) {
		struct info *info = info_of(link->functions[i]);

		if (info->moves && !info->contexts.n)
			enter_root(solver, info);
		solver->counts.solved += info->contexts.n != 0;
	}
}

static void begin_again(struct solver *solver)
{
	unsigned i;

	for (i = 0; i < solver->link->n; i++)
		info_of(solver->link->functions[i])->contexts.n = 0;
	for (i = 0; i < solver->contexts.n; i++) {
		free(solver->contexts.at[i]->nodes.at);
		free(solver->contexts.at[i]->queue.at);
		free(solver->contexts.at[i]->exits.at);
		free(solver->contexts.at[i]->callers.at);
	}
	solver->contexts.n = solver->pending.n = 0;
	arena_reset(&solve_arena);
	solver->refined = false;
	memset(&solver->counts, 0, sizeof(solver->counts));
}

/*
 * What moves no lock is only entered where it must not sleep: what it calls
 * elsewhere, as does who is called from out of sight, may sleep there.
 */
static void spread_free(struct link *link)
{
	struct info *callee;
	bool more;
	unsigned i;

	for (i = 0; i < link->n; i++)
		if (is_root(info_of(link->functions[i])))
			info_of(link->functions[i])->called_free = true;
	do {
		more = false;
		for (i = 0; i < link->n; i++) {
			struct info *info = info_of(link->functions[i]);

			if (!info->called_free || info->moves)
				continue;
			each_info_called(callee, info)
				if (!callee->called_free)
					more = callee->called_free = true;
		}
	} while (more);
}

struct solver *solve(struct link *link)
{
	struct solver *solver = link->solver;

	if (!solver)
		link->solver = solver = arena_new(&run_arena, struct solver);
	solver->link = link;
	state_follow(&link->relevant_fields, &link->sticky_fields);
	do {
		begin_again(solver);
		enter_all(solver);
	} while (solver->refined);
	spread_free(link);
	measure_sight(solver);
	measure_distances(solver);
	return solver;
}

bool node_is_warned(const struct node *node)
{
	unsigned i;

	for (i = 0; i < node->state->nholds; i++)
		if (!strcmp(node->state->holds[i].cls->name, "warned"))
			return true;
	return false;
}

void replay(struct solver *solver,
	    void (*watch)(void *data, const struct event *event), void *data)
{
	unsigned i, k, n;

	solver->watch = watch;
	solver->data = data;
	/* By function, so that the order does not depend on the way here. */
	for (i = 0; i < solver->link->n; i++) {
		struct info *info = info_of(solver->link->functions[i]);

		for (k = 0; k < info->contexts.n; k++) {
			struct context *context = info->contexts.at[k];

			for (n = 0; n < context->nodes.n; n++)
				run_node(solver, context, context->nodes.at[n]);
		}
	}
	solver->watch = NULL;
}
