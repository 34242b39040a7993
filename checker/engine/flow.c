// SPDX-License-Identifier: GPL-2.0-only

#include "flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

/* A place that may hold a function's address. */
struct node {
	const void *of;			/* the key: field, global, or variable */
	const char *name;		/* for an escape */
	VEC(struct symbol *) direct;
	VEC(struct node *) from;
	struct targets targets;
	unsigned mark;
	bool called;			/* what is there is called in sight */
	UT_hash_handle hh;
};

struct escape {
	const struct symbol *symbol;
	const char *where;
	VEC(struct node *) nodes;	/* every place it was put in */
	bool passed;			/* to a function out of sight */
	UT_hash_handle hh;
};

struct flow {
	struct link *link;
	struct node *nodes;
	struct escape *escapes;
	unsigned marks;
	bool built;
};

static struct node *node_of(struct flow *flow, const void *of, const char *name)
{
	struct node *node;

	HASH_FIND_PTR(flow->nodes, &of, node);
	if (node)
		return node;
	node = arena_new(&run_arena, struct node);
	node->of = of;
	node->name = name;
	HASH_ADD_PTR(flow->nodes, of, node);
	return node;
}

/* An "apart" row: the member of each variable is a place of its own. */
static bool is_apart(struct flow *flow, const struct field *field)
{
	struct contracts *contracts = flow->link->contracts;
	unsigned i;

	for (i = 0; i < contracts->aparts.n; i++)
		if (contracts->aparts.at[i] == field->key)
			return true;
	return false;
}

static struct node *member_node(struct flow *flow, const struct field *field,
				const struct global *global)
{
	char key[600];

	if (!global || !is_apart(flow, field))
		return node_of(flow, field, field->key);
	snprintf(key, sizeof(key), "%s %s", global->name, field->key);
	return node_of(flow, intern(key), field->key);
}

/* What a function returns is keyed by the function itself. */
static struct node *place(struct flow *flow, const struct function *fn,
			  const struct expr *e)
{
	while (e->op == EXPR_INDEX || e->op == EXPR_CAST || e->op == EXPR_DEREF)
		e = e->a;
	switch (e->op) {
	case EXPR_VAR:
		return node_of(flow, &fn->vars[e->var], NULL);
	case EXPR_FIELD:
		return member_node(flow, e->field,
				   e->a->op == EXPR_GLOBAL ? e->a->global : NULL);
	case EXPR_GLOBAL:
		return node_of(flow, e->global, e->global->name);
	default:
		return NULL;
	}
}

static bool is_function_pointer(const struct type *type)
{
	return type->kind == TYPE_POINTER && type->to->kind == TYPE_FUNCTION;
}

static bool may_be_function(const struct expr *e)
{
	const struct type *type = e->type;

	if (e->op == EXPR_FUNCTION || !type)
		return true;
	if (type->kind == TYPE_POINTER && is_function_pointer(type->to))
		return true;		/* a table of them */
	if (type->kind == TYPE_ARRAY)
		type = type->to;
	if (type->kind == TYPE_FUNCTION)
		return true;
	if (type->kind != TYPE_POINTER)
		return false;
	return type->to->kind == TYPE_FUNCTION ||
	       (type->to->kind == TYPE_SCALAR && !type->to->bits);
}

static struct escape *escape(struct flow *flow, const struct symbol *symbol,
			     const char *where)
{
	struct escape *escape;

	HASH_FIND_PTR(flow->escapes, &symbol, escape);
	if (escape) {
		/* The same answer whatever the order of the facts. */
		if (where && (!escape->where ||
			      strcmp(where, escape->where) < 0))
			escape->where = where;
		return escape;
	}
	escape = arena_new(&run_arena, struct escape);
	escape->symbol = symbol;
	escape->where = where;
	HASH_ADD_PTR(flow->escapes, symbol, escape);
	return escape;
}

static void add_direct(struct flow *flow, struct node *node,
		       struct symbol *symbol)
{
	struct escape *e = escape(flow, symbol, node->name);

	VEC_PUSH(&node->direct, symbol);
	VEC_PUSH(&e->nodes, node);
}

/* @value goes into @node. */
static void add_flow(struct flow *flow, const struct function *fn,
		     struct node *node, const struct expr *value)
{
	struct node *from;

	if (!node || !value)
		return;
	switch (value->op) {
	case EXPR_FUNCTION:
		add_direct(flow, node, value->symbol);
		return;
	case EXPR_CONDITIONAL:
		add_flow(flow, fn, node, value->b);
		add_flow(flow, fn, node, value->c);
		return;
	case EXPR_CAST:
		add_flow(flow, fn, node, value->a);
		return;
	case EXPR_ADDRESS:
		/* Whoever is given a table may also fill it. */
		from = place(flow, fn, value->a);
		if (from && from != node) {
			VEC_PUSH(&node->from, from);
			VEC_PUSH(&from->from, node);
		}
		return;
	}
	if (!may_be_function(value))
		return;
	from = place(flow, fn, value);
	if (from && from != node)
		VEC_PUSH(&node->from, from);
}

static void add_call(struct flow *flow, const struct function *fn,
		     const struct insn *insn)
{
	struct symbol *callee;
	unsigned i;

	if (insn->value->op != EXPR_FUNCTION) {
		/* Arguments of a call by pointer: whoever is called. */
		struct targets targets = flow_targets(flow, fn, insn->value);
		unsigned t;

		for (t = 0; t < targets.n; t++)
			for (i = 0; targets.at[t]->def && i < insn->nargs &&
			     i < targets.at[t]->def->nparams; i++)
				if (insn->args[i]->op == EXPR_FUNCTION)
					add_direct(flow, node_of(flow,
						&targets.at[t]->def->vars[i],
						NULL), insn->args[i]->symbol);
		return;
	}
	callee = insn->value->symbol;
	for (i = 0; i < insn->nargs; i++) {
		if (callee->def && i < callee->def->nparams) {
			if (may_be_function(insn->args[i]))
				add_flow(flow, fn,
					 node_of(flow, &callee->def->vars[i], NULL),
					 insn->args[i]);
		} else if (insn->args[i]->op == EXPR_FUNCTION) {
			escape(flow, insn->args[i]->symbol,
			       callee->name)->passed = true;
		}
	}
	if (insn->to && callee->def && may_be_function(insn->to)) {
		struct node *node = place(flow, fn, insn->to);

		if (node)
			VEC_PUSH(&node->from,
				 node_of(flow, callee->def, NULL));
	}
}

static void add_function(struct flow *flow, const struct function *fn)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			switch (insn->kind) {
			case INSN_ASSIGN:
				if (may_be_function(insn->value))
					add_flow(flow, fn,
						 place(flow, fn, insn->to),
						 insn->value);
				break;
			case INSN_RETURN:
				if (insn->value && may_be_function(insn->value))
					add_flow(flow, fn,
						 node_of(flow, fn, NULL),
						 insn->value);
				break;
			case INSN_CALL:
				add_call(flow, fn, insn);
				break;
			case INSN_CLEAR:
				break;
			}
		}
}

static void add_slots(struct flow *flow)
{
	struct program *program = flow->link->program;
	unsigned i;

	for (i = 0; i < program->slots.n; i++) {
		struct slot *slot = &program->slots.at[i];
		struct node *node;

		node = slot->field ? member_node(flow, slot->field, slot->in)
				   : node_of(flow, slot->array, slot->array->name);
		add_direct(flow, node, slot->target);
	}
}

static void mark_called(struct node *node)
{
	unsigned i;

	if (!node || node->called)
		return;
	node->called = true;
	for (i = 0; i < node->from.n; i++)
		mark_called(node->from.at[i]);
}

static void find_called(struct flow *flow, const struct function *fn)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			if (insn->kind == INSN_CALL &&
			    insn->value->op != EXPR_FUNCTION)
				mark_called(place(flow, fn, insn->value));
		}
}

struct flow *flow_build(struct link *link)
{
	struct flow *flow = arena_new(&run_arena, struct flow);
	unsigned i;

	flow->link = link;
	add_slots(flow);
	for (i = 0; i < link->n; i++)
		add_function(flow, link->functions[i]);
	flow->built = true;
	for (i = 0; i < link->n; i++)
		find_called(flow, link->functions[i]);
	return flow;
}

struct gather {
	VEC(struct symbol *) found;
	unsigned mark;
};

static void gather(struct node *node, struct gather *g)
{
	unsigned i, j;

	if (node->mark == g->mark)
		return;
	node->mark = g->mark;
	for (i = 0; i < node->direct.n; i++) {
		for (j = 0; j < g->found.n; j++)
			if (g->found.at[j] == node->direct.at[i])
				break;
		if (j == g->found.n)
			VEC_PUSH(&g->found, node->direct.at[i]);
	}
	for (i = 0; i < node->from.n; i++)
		gather(node->from.at[i], g);
}

static int by_name(const void *x, const void *y)
{
	const struct symbol *a = *(struct symbol *const *)x;
	const struct symbol *b = *(struct symbol *const *)y;
	int order = strcmp(a->name, b->name);

	if (order)
		return order;
	if (a->def && b->def)
		return (a->def->id > b->def->id) - (a->def->id < b->def->id);
	return !!b->def - !!a->def;
}

struct targets flow_targets(struct flow *flow, const struct function *fn,
			    const struct expr *callee)
{
	struct gather g = { .mark = ++flow->marks };
	struct targets none = { 0 };
	struct node *node = place(flow, fn, callee);

	if (!node)
		return none;
	if (node->targets.known)
		return node->targets;
	gather(node, &g);
	if (g.found.n)
		qsort(g.found.at, g.found.n, sizeof(*g.found.at), by_name);
	node->targets.at = arena_copy(&run_arena, g.found.at,
				      g.found.n * sizeof(*g.found.at));
	node->targets.n = g.found.n;
	node->targets.known = flow->built;
	free(g.found.at);
	return node->targets;
}

bool flow_is_afar(struct flow *flow, const struct symbol *symbol)
{
	struct escape *escape;
	unsigned i;

	HASH_FIND_PTR(flow->escapes, &symbol, escape);
	if (!escape || escape->passed)
		return escape != NULL;
	for (i = 0; i < escape->nodes.n; i++)
		if (!escape->nodes.at[i]->called)
			return true;
	return false;
}

const char *flow_escape(struct flow *flow, const struct symbol *symbol)
{
	struct escape *escape;

	HASH_FIND_PTR(flow->escapes, &symbol, escape);
	return escape ? (escape->where ? escape->where : "") : NULL;
}
