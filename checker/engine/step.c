// SPDX-License-Identifier: GPL-2.0-only
/* Along a path: one instruction after the other, and the branch behind them. */

#include "loan.h"

#include <stdlib.h>

/* Instructions */

static bool makes_values(const struct expr *e)
{
	bool makes;

	if (!e)
		return false;
	if (e->makes)
		return e->makes == 2;
	makes = e->op == EXPR_UNKNOWN || e->op == EXPR_CONDITIONAL ||
		makes_values(e->a) || makes_values(e->b) || makes_values(e->c);
	((struct expr *)e)->makes = 1 + makes;
	return makes;
}

static bool is_record(const struct expr *e)
{
	return e->type && e->type->kind == TYPE_RECORD;
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
	const struct field *field = stored_field(insn);

	if (to->op == EXPR_VAR)
		return is_pointer(to->type) ||
		       bit_get(&path->context->slice->vars, to->var);
	if (!field || counts(path->solver->link, insn) ||
	    is_told_of_store(path->solver->link, field))
		return true;
	if (bit_get(&path->solver->link->relevant_fields, field->id) ||
	    path->solver->link->field_guards[field->id].n)
		return true;
	/* In a record of this function, which is how guard() keeps its lock. */
	while (to->op == EXPR_FIELD || to->op == EXPR_INDEX)
		to = to->a;
	return is_pointer(field->type) && to->op == EXPR_VAR;
}

/* A store to what a guarded member points to, whether it is followed or not. */
static void show_store_through(struct path *path, struct work *w,
			       const struct insn *insn)
{
	const struct expr *pointer = stored_through(path->solver->link, insn);
	struct event event = {
		.kind = EVENT_STORE, .insn = insn, .work = w, .pointed = true,
	};

	if (!pointer)
		return;
	event.field = pointer->field;
	event.at = eval_address(w, pointer);
	emit(path, &event);
}

static void step_assign(struct path *path, struct work *w,
			const struct insn *insn)
{
	const struct term *to, *value;
	const struct field *field;

	on_load(path, w, insn);
	show_store_through(path, w, insn);
	if (!is_record(insn->value) && !is_followed(path, insn))
		return;

	if (is_record(insn->value) && insn->value->op != EXPR_UNKNOWN &&
	    insn->value->op != EXPR_CONDITIONAL) {
		work_copy_record(w, eval_address(w, insn->to),
				 eval_address(w, insn->value));
		return;
	}
	value = settled(w, eval(w, insn->value), insn->to->type);
	to = eval_address(w, insn->to);
	field = stored_field(insn);
	if (field && path->solver->link->field_guards[field->id].n) {
		struct event event = {
			.kind = EVENT_STORE, .insn = insn, .work = w,
			.field = field, .at = to, .value = value,
		};

		emit(path, &event);
	}
	if (counts(path->solver->link, insn))
		step_count(path, w, insn, to);
	else if (to->kind == TERM_LOCAL && insn->value->op == EXPR_UNKNOWN)
		work_forget(w, to);
	else
		work_store(w, to, value);
	if (field && is_told_of_store(path->solver->link, field))
		on_store(path, w, insn, to, value);
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

static bool assume_case(struct work *w, const struct range_target *t,
			const struct term *value)
{
	if (t->low == t->high &&
	    !truth_of(w, term_binary(BIN_EQ, value, term_int(t->low))))
		return false;
	return work_assume_range(w, value,
				 (struct range){ t->low, t->high, false });
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
			possible = assume_case(other, t, value);
		if (possible)
			reach(path, t->block, 0, other);
		work_free(other);
	}
}

static bool only_warns(const struct path *path, unsigned b)
{
	const struct block *block = &path->context->fn->blocks[b];
	const struct contract *contract =
		block->ninsns ? contract_called(block->insns) : NULL;

	return contract && contract->effects.n &&
	       contract->effects.at[0].verb == VERB_WARN;
}

static void go_if(struct path *path, struct work *w, const struct block *block)
{
	const struct term *cond = eval(w, block->cond);
	struct work *other;

	if (!decides(path)) {
		int truth = truth_of(w, cond);

		if (truth != 0)
			reach(path, block->targets[0].block, 0, w);
		/* What is warned of is known not to be so elsewhere. */
		if (truth < 0 && only_warns(path, block->targets[0].block) &&
		    !work_assume(w, cond, false))
			return;
		if (truth != 1)
			reach(path, block->targets[1].block, 0, w);
		return;
	}
	other = work_copy(w);
	if (work_assume(w, cond, true)) {
		on_branch(path, w, block);
		reach(path, block->targets[0].block, 0, w);
	}
	if (work_assume(other, cond, false)) {
		on_branch(path, other, block);
		reach(path, block->targets[1].block, 0, other);
	}
	work_free(other);
}

void retire_site(const struct path *path, struct work *w, unsigned site)
{
	if (bit_get(&path->context->info->loops, path->node->block))
		work_retire_site(w, site);
}

static void go_on(struct path *path, struct work *w)
{
	const struct block *block = path->block;
	unsigned i;

	path->insn = block->ninsns;
	/* Conditions make their values at a site of their own. */
	w->site = path->context->fn->nsites + path->node->block;
	w->fresh = 0;
	if (makes_values(block->cond))
		retire_site(path, w, w->site);
	show_condition_reads(path, w, block);
	show_stale_condition(path, w, block);
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

/* When all is solved, no path is followed beyond what there is to see on it. */
static unsigned end_of(const struct path *path)
{
	unsigned n = path->block->ninsns, end;

	if (!path->solver->watch)
		return n;
	end = end_of_events(path->solver, path->node);
	return end > n ? n : end;
}

static bool step(struct path *path, struct work **at, const struct insn *insn);

/*
 * One of the ways that a call may have gone. A branch on what was returned tells
 * them apart, and so does "flush |= f()": they meet again only behind that.
 */
static void go_on_behind(struct path *call, struct work *w)
{
	struct path path = *call;
	unsigned end = end_of(call);
	const struct insn *insn;

	for (path.insn++; path.insn < end; path.insn++) {
		insn = &path.block->insns[path.insn];
		if (insn->kind != INSN_ASSIGN)
			break;
		step(&path, &w, insn);
	}
	if (path.insn < path.block->ninsns)
		reach(&path, path.node->block, path.insn, w);
	else if (!is_past_events(&path, path.insn))
		go_on(&path, w);
	work_free(w);
}

/* One step in place; false if the path splits or ends there. */
static bool step(struct path *path, struct work **at, const struct insn *insn)
{
	struct works ways = { 0 };
	struct work *w = *at;
	unsigned i;

	if (insn->kind == INSN_ASSIGN || insn->kind == INSN_RETURN) {
		if (makes_values(insn->value))
			retire_site(path, w, insn->site);
		w->site = insn->site;
		w->fresh = 0;
	}
	show_reads(path, w, insn);
	show_stale(path, w, insn);
	switch (insn->kind) {
	case INSN_ASSIGN:
		step_assign(path, w, insn);
		lend(path, w, insn);
		return true;
	case INSN_RETURN:
		step_return(w, insn);
		on_answer(path, w, insn);
		return true;
	case INSN_CLEAR:
		work_clear(w, eval_address(w, insn->to));
		return true;
	case INSN_CALL:
		break;
	}
	step_call(path, w, insn, &ways);
	for (i = 0; i < ways.n; i++)
		lend(path, ways.at[i], insn);
	*at = NULL;
	if (ways.n == 1) {
		*at = ways.at[0];
		free(ways.at);
		return true;
	}
	for (i = 0; i < ways.n; i++)
		go_on_behind(path, ways.at[i]);
	free(ways.at);
	return false;
}

void run_node(struct solver *solver, struct context *context,
	      struct node *node)
{
	struct path path = {
		.solver = solver, .context = context, .node = node,
		.block = &context->fn->blocks[node->block],
	};
	unsigned end = end_of(&path);
	struct work *w;

	if (solver->watch && end_of_events(solver, node) <= node->insn)
		return;
	w = work_new(context->fn);
	work_from_state(w, node->state);
	for (path.insn = node->insn; path.insn < end; path.insn++)
		if (!step(&path, &w, &path.block->insns[path.insn]))
			break;
	if (w) {
		if (path.insn == path.block->ninsns &&
		    !is_past_events(&path, path.insn))
			go_on(&path, w);
		work_free(w);
	}
}
