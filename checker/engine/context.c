// SPDX-License-Identifier: GPL-2.0-only
/* A function in one state of entry: its points, its ways out, who calls it. */

#include "balance.h"
#include "loan.h"
#include "reach.h"
#include "solve.h"

#define MAX_STATES	32	/* of holds, at one point of one function */
#define MAX_CONTEXTS	512	/* of one function; then values are forgotten */
#define MAX_DEPTH	500	/* calls within calls */
#define WIDEN_AFTER	4

const struct hold *entered_with(const struct context *context,
				const struct lock_class *cls)
{
	unsigned i;

	for (i = 0; i < context->entry->nholds; i++)
		if (context->entry->holds[i].cls == cls)
			return &context->entry->holds[i];
	return NULL;
}

bool hears_of_sleep(const struct work *w)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (minds_sleep(w->holds.at[i].cls))
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

	if (!is_touched(context->info, cls)) {
		bit_set(&context->info->touched, cls->id);
		context->info->changed = true;
		solver->refined = true;
	}
	/* Others may have come to call it since it was found to matter. */
	for (i = 0; i < context->callers.n; i++) {
		struct context *caller = context->callers.at[i]->context;

		if (!is_touched(caller->info, cls))
			refine(solver, caller, cls);
	}
}

/* Nodes */

static bool owes(const struct work *w)
{
	unsigned i;

	for (i = 0; i < w->holds.n; i++)
		if (w->holds.at[i].cls->is_debt)
			return true;
	return false;
}

/*
 * Who owes something has it written down in a bool, or in one of several: paths
 * that have it in different ones do not meet, or none of them would know.
 */
static bool same_notes(const struct context *context, const struct state *state,
		       const struct work *w)
{
	const struct function *fn = context->fn;
	unsigned i;

	for (i = 0; i < state->nvals; i++) {
		const struct slot_value *slot = &state->vals[i];
		const struct term *now = w->vals[slot->var];
		const struct type *type = slot->var < fn->nvars
			? fn->vars[slot->var].type : NULL;

		if (type && type->kind == TYPE_SCALAR && type->bits == 1 &&
		    now && now != slot->value && (now->kind == TERM_INT ||
						  slot->value->kind == TERM_INT))
			return false;
	}
	return true;
}

/* NULL if there is none; then @last is the last of its block. */
static struct node *find_node(struct context *context, unsigned block,
			      unsigned insn, const struct work *w,
			      struct node ***last, unsigned *count)
{
	bool owing = owes(w);
	struct node **at;

	*count = 0;
	for (at = &context->at_block[block]; *at; at = &(*at)->next) {
		struct node *node = *at;

		if (node->insn != insn)
			continue;
		if (state_same_holds(node->state, w) &&
		    (!owing || same_notes(context, node->state, w)))
			return node;
		(*count)++;
	}
	*last = at;
	return NULL;
}

void note_event(struct path *path)
{
	if (path->node->shown <= path->insn)
		path->node->shown = path->insn + 1;
}

void note_call(struct path *path)
{
	if (path->node->told <= path->insn)
		path->node->told = path->insn + 1;
}

unsigned end_of_events(const struct solver *solver, const struct node *node)
{
	return solver->for_rules || node->shown > node->told ? node->shown
							     : node->told;
}

bool is_past_events(const struct path *path, unsigned insn)
{
	return path->solver->watch &&
	       end_of_events(path->solver, path->node) <= insn;
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

/* The holds of @state but for loans, into @bare. */
static void without_loans(const struct state *state, struct state *bare)
{
	unsigned i;

	*bare = *state;
	bare->holds = arena_array(&solve_arena, struct hold, state->nholds);
	bare->nholds = 0;
	for (i = 0; i < state->nholds; i++)
		if (!is_loan(state->holds[i].cls))
			bare->holds[bare->nholds++] = state->holds[i];
}

/*
 * There are more ways to get here than are kept apart: one that differs by what is
 * lent at most. From there on none of it is.
 */
static struct node *find_but_loans(struct context *context, unsigned block,
				   unsigned insn, struct work *w)
{
	bool owing = owes(w);
	struct node *node;
	struct state bare;

	end_loans(w);
	work_sort_holds(w);
	for (node = context->at_block[block]; node; node = node->next) {
		if (node->insn != insn)
			continue;
		without_loans(node->state, &bare);
		if (!state_same_holds(&bare, w) ||
		    (owing && !same_notes(context, &bare, w)))
			continue;
		node->state->holds = bare.holds;
		node->state->nholds = bare.nholds;
		queue_node(context, node);
		return node;
	}
	return NULL;
}

static void reach_with(struct path *path, unsigned block, unsigned insn,
		       struct work *w, const struct bits *live)
{
	struct context *context = path->context;
	struct solver *solver = path->solver;
	struct node *node, **last;
	unsigned count;

	work_sort(w);
	node = find_node(context, block, insn, w, &last, &count);
	if (!node && count >= MAX_STATES)
		node = find_but_loans(context, block, insn, w);
	if (node) {
		node->merges++;
		if (state_join(node->state, w, block + (insn << 12),
			       bit_get(&context->info->loops, block),
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
	node->state = state_from_work(w, live,
				      path->node ? path->node->state : NULL);
	node->pred = path->node;
	node->id = context->nodes.n;
	*last = node;
	VEC_PUSH(&context->nodes, node);
	solver->counts.nodes++;
	queue_node(context, node);
}

void reach(struct path *path, unsigned block, unsigned insn, struct work *w)
{
	const struct bits *live = insn ? NULL
		: &path->context->info->live[block];
	struct work *own;

	if (path->solver->watch)
		return;		/* all is reached already */
	if (!has_loans(w)) {
		reach_with(path, block, insn, w, live);
		return;
	}
	own = work_copy(w);
	forget_loans(own, live);
	reach_with(path, block, insn, own, live);
	work_free(own);
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

/* More or less is held at a way out than was on the way in. */
static void tell_of_return(struct path *path, struct work *w)
{
	struct event event = {
		.kind = EVENT_RETURN, .work = w,
		.line = path->context->fn->end, .col = 1,
	};
	const struct block *block = path->block;
	unsigned i;

	for (i = 0; i < block->ninsns; i++)
		if (block->insns[i].kind == INSN_RETURN) {
			event.insn = &block->insns[i];
			event.line = block->insns[i].line;
			event.col = block->insns[i].col;
		}
	emit(path, &event);
}

void leave_function(struct path *path, struct work *w)
{
	struct context *context = path->context;
	const struct state *state;
	struct exit_point *exit;
	unsigned i;

	forget_own_marks(w);
	end_own_loans(w);
	work_sort_holds(w);
	if (!is_even(path->solver->link, context, w->holds.at, w->holds.n))
		tell_of_return(path, w);
	if (path->solver->watch)
		return;
	forget_own_resources(w);
	state = state_of_exit(context->info, w);
	for (i = 0; i < context->exits.n; i++) {
		if (!same_exit_holds(context->exits.at[i]->state, state))
			continue;
		if (state_join_exit(context->exits.at[i]->state, state))
			tell_callers(path->solver, context);
		return;
	}
	note_crowds(context->info, state);
	exit = arena_new(&solve_arena, struct exit_point);
	exit->state = state_keep(state);
	exit->from = path->node;
	VEC_PUSH(&context->exits, exit);
	tell_callers(path->solver, context);
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

static struct context *context_find(struct info *info,
				    const struct state *entry, unsigned hash)
{
	unsigned i;

	for (i = 0; i < info->contexts.n; i++)
		if (info->hashes.at[i] == hash &&
		    state_equal(info->contexts.at[i]->entry, entry))
			return info->contexts.at[i];
	return NULL;
}

void context_add(struct solver *solver, struct context *context)
{
	struct info *info = context->info;

	context->id = solver->contexts.n;
	VEC_PUSH(&solver->contexts, context);
	VEC_PUSH(&info->contexts, context);
	VEC_PUSH(&info->hashes, context->hash);
	note_crowds(info, context->entry);
	solver->counts.contexts++;
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
		.cls = solver->link->contracts->alone,
		.mode = MODE_WRITE, .depth = 1, .asserted = true,
	};

	if (!work_holds(w, "alone"))
		VEC_PUSH(&w->holds, hold);
}

/* The first point, and nothing else yet. */
static void enter_first(struct solver *solver, struct context *context)
{
	struct path path = { .solver = solver, .context = context };
	struct work *w = work_new(context->fn);
	unsigned i;

	work_from_state(w, context->entry);
	context->slice = slice_for(context->info, hears_of_sleep(w));
	if (is_alone(context->info))
		hold_alone(solver, w);
	for (i = 0; i < context->fn->nparams; i++)
		if (!w->vals[i])
			work_set(w, i, term_param(i, 0, NULL));
	reach(&path, 0, 0, w);
	work_free(w);
}

void context_restart(struct solver *solver, struct context *context)
{
	enter_first(solver, context);
	make_pending(solver, context);
}

void context_begin(struct solver *solver, struct context *context)
{
	if (solver->depth >= MAX_DEPTH) {
		solver->counts.depth_caps++;
		context_restart(solver, context);
		return;
	}
	enter_first(solver, context);
	solver->depth++;
	context_run(solver, context);
	solver->depth--;
}

static struct context *context_new(struct info *info, struct state *entry,
				   unsigned hash)
{
	struct context *context = arena_new(&solve_arena, struct context);

	context->info = info;
	context->fn = info->fn;
	context->entry = entry;
	context->forbids = entry->forbids | info->forbids;
	context->part = entry->part ? entry->part : info->part;
	context->hash = hash;
	context->distance = ~0u;
	context->at_block = arena_array(&solve_arena, struct node *,
					info->fn->nblocks);
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

struct context *context_root(struct solver *solver, struct info *info,
			     struct state *entry)
{
	unsigned hash = state_hash(entry);
	struct context *context = context_find(info, entry, hash);

	if (!context)
		context = context_again(solver, info, entry, hash);
	if (!context) {
		context = context_new(info, entry, hash);
		context_add(solver, context);
		context_begin(solver, context);
	}
	context->root = true;
	return context;
}

static void add_caller(struct context *context, struct context *from,
		       struct node *node, const struct insn *insn)
{
	struct caller *caller;

	for (caller = node->calls; caller; caller = caller->next)
		if (caller->callee == context && caller->insn == insn)
			return;
	caller = arena_new(&solve_arena, struct caller);
	*caller = (struct caller){ from, node, insn, context, node->calls };
	node->calls = caller;
	VEC_PUSH(&context->callers, caller);
	VEC_PUSH(&from->calls, caller);
}

struct context *context_enter(struct solver *solver, struct info *info,
			      struct state *entry, struct context *caller,
			      struct node *node, const struct insn *insn)
{
	unsigned hash = state_hash(entry), leans;
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
	if (!context)
		context = context_again(solver, info, entry, hash);
	if (!context) {
		context = context_new(info, state_keep(entry), hash);
		context_add(solver, context);
		add_caller(context, caller, node, insn);
		leans = lean_begin(solver);
		context_begin(solver, context);
		lean_end(solver, context, leans);
		return context;
	}
	if (solver->watch)
		return context;
	lean_on(solver, context);
	add_caller(context, caller, node, insn);
	return context;
}
