// SPDX-License-Identifier: GPL-2.0-only
/* A walk over all expressions, with what is declared where their values go. */

#include "kind_use.h"

struct walk {
	struct link *link;
	const struct use_visitor *visitor;
	struct use use;			/* where the walk is */
};

static void tell(struct walk *w, enum use_way way, const struct expr *value,
		 unsigned bits, const struct address *as,
		 const struct expr *other)
{
	struct use use = w->use;

	use.way = way;
	use.value = value;
	use.bits = bits;
	use.as = as;
	use.other = other;
	w->visitor->visit(w->visitor->data, &use);
}

static bool is_number_cast(const struct expr *e)
{
	return e->op == EXPR_CAST && e->type->kind == TYPE_SCALAR;
}

/* "x == (u32)x" asks whether something is lost; it loses nothing. */
static bool asks_width(const struct expr *e)
{
	const struct expr *a = e->a, *b = e->b;

	if (e->op != EXPR_BINARY || (e->sub != BIN_EQ && e->sub != BIN_NE))
		return false;
	if (a->op == EXPR_CAST)
		b = e->a, a = e->b;
	return b->op == EXPR_CAST && a->op == b->a->op && a->var == b->a->var &&
	       a->op == EXPR_VAR;
}

/*
 * The width that a mask ends at: of "~(size - 1)" that of its type, of a number
 * that of its upper end; 64 if it says nothing of that.
 */
static unsigned mask_bits(const struct expr *mask)
{
	uint64_t value = mask->value;

	if (mask->op == EXPR_CAST && mask->a->op == EXPR_UNARY)
		return mask->type->bits;
	if (mask->op != EXPR_INT || mask->value & 1 || !value ||
	    (value | (value - 1)) != ones(32))
		return 64;
	return 32;
}

static void visit(struct walk *w, const struct expr *e,
		  const struct address *as);

/* "gfn & ~(n - 1)" with an n of 32 bits: the upper half of the mask is zero. */
static void visit_masked(struct walk *w, const struct expr *e,
			 const struct expr *mask)
{
	tell(w, USE_MASK, e, mask_bits(mask), NULL, NULL);
	/* "(u32)gpa & 4095": what the cast loses was not asked for. */
	if (is_number_cast(e) && mask->op == EXPR_INT &&
	    (uint64_t)mask->value <= ones(e->type->bits))
		e = e->a;
	visit(w, e, NULL);
}

static void visit_pair(struct walk *w, const struct expr *e)
{
	if (e->sub >= BIN_EQ && e->sub <= BIN_GE)
		tell(w, USE_COMPARISON, e->a, 0, NULL, e->b);
	else if (e->sub == BIN_SUB)
		tell(w, USE_DIFFERENCE, e->a, 0, NULL, e->b);
}

/* @as: what is declared where the value goes, or NULL */
static void visit(struct walk *w, const struct expr *e,
		  const struct address *as)
{
	if (!e || asks_width(e))
		return;
	if (is_number_cast(e))
		tell(w, USE_CAST, e->a, e->type->bits, as, NULL);
	if (e->op == EXPR_BINARY && e->sub == BIN_AND) {
		visit_masked(w, e->a, e->b);
		visit_masked(w, e->b, e->a);
		return;
	}
	if (e->op == EXPR_BINARY)
		visit_pair(w, e);
	visit(w, e->a, NULL);
	visit(w, e->b, NULL);
	visit(w, e->c, NULL);
}

static void visit_value(struct walk *w, const struct expr *e,
			const struct address *as)
{
	visit(w, e, as);
	if (as)
		tell(w, USE_PUT, e, 0, as, NULL);
}

static void visit_assignment(struct walk *w, const struct insn *insn)
{
	const struct expr *value = insn->value;

	if (insn->to->op == EXPR_FIELD && insn->to->field->bits) {
		while (value->op == EXPR_CAST)
			value = value->a;
		tell(w, USE_BITFIELD, value, insn->to->field->bits, NULL, NULL);
	}
	visit_value(w, value,
		    kind_declared(w->visitor->kinds, w->use.fn, insn->to));
}

static void visit_call_of(struct walk *w, const struct insn *insn,
			  const struct symbol *callee)
{
	const struct function *fn = callee->def;
	unsigned i;

	w->use.callee = callee;
	for (i = 0; i < insn->nargs; i++)
		visit_value(w, insn->args[i], fn && i < fn->nparams
			    ? kind_of_param(w->visitor->kinds, fn, i) : NULL);
	w->use.callee = NULL;
}

static void visit_call(struct walk *w, const struct insn *insn)
{
	struct targets targets;
	unsigned i;

	visit(w, insn->value, NULL);
	if (insn->value->op == EXPR_FUNCTION) {
		visit_call_of(w, insn, insn->value->symbol);
		return;
	}
	targets = link_targets(w->link, w->use.fn, insn->value);
	for (i = 0; i < targets.n; i++)
		visit_call_of(w, insn, targets.at[i]);
	for (i = 0; i < insn->nargs && !targets.n; i++)
		visit(w, insn->args[i], NULL);
}

static void visit_insn(struct walk *w, const struct insn *insn)
{
	visit(w, insn->to, NULL);
	switch (insn->kind) {
	case INSN_ASSIGN:
		visit_assignment(w, insn);
		break;
	case INSN_CALL:
		visit_call(w, insn);
		break;
	case INSN_RETURN:
		if (insn->value)
			visit_value(w, insn->value,
				    kind_of_result(w->visitor->kinds, w->use.fn));
		break;
	case INSN_CLEAR:
		break;
	}
}

static void visit_block(struct walk *w, const struct block *block)
{
	unsigned i;

	for (i = 0; i < block->ninsns; i++) {
		w->use.insn = i;
		w->use.line = block->insns[i].line;
		w->use.col = block->insns[i].col;
		visit_insn(w, &block->insns[i]);
	}
	w->use.insn = block->ninsns;
	w->use.line = block->line;
	w->use.col = block->col;
	visit(w, block->cond, NULL);
}

void each_use(struct link *link, const struct use_visitor *visitor)
{
	struct walk w = { .link = link, .visitor = visitor };
	unsigned f;

	for (f = 0; f < link->n; f++) {
		w.use.fn = link->functions[f];
		for (w.use.block = 0; w.use.block < w.use.fn->nblocks;
		     w.use.block++)
			visit_block(&w, &w.use.fn->blocks[w.use.block]);
	}
}

/* Halves of a value */

static const struct expr *without_casts(const struct expr *e)
{
	while (e->op == EXPR_CAST)
		e = e->a;
	return e;
}

static bool is_same_place(const struct expr *a, const struct expr *b)
{
	if (a->op != b->op)
		return false;
	switch (a->op) {
	case EXPR_VAR:
		return a->var == b->var;
	case EXPR_FIELD:
		return a->field == b->field && is_same_place(a->a, b->a);
	case EXPR_DEREF:
		return is_same_place(a->a, b->a);
	default:
		return false;
	}
}

static bool is_upper_part(const struct expr *e, const struct use *use)
{
	e = without_casts(e);
	return e->op == EXPR_BINARY && e->sub == BIN_SHR &&
	       e->b->op == EXPR_INT && e->b->value == use->bits &&
	       is_same_place(without_casts(e->a), without_casts(use->value));
}

static bool is_upper_kept(const struct insn *insn, const struct use *use)
{
	unsigned i;

	if (insn->kind == INSN_ASSIGN && is_upper_part(insn->value, use))
		return true;
	for (i = 0; i < insn->nargs; i++)
		if (is_upper_part(insn->args[i], use))
			return true;
	return false;
}

bool is_split(const struct use *use)
{
	unsigned b, i;

	for (b = 0; b < use->fn->nblocks; b++)
		for (i = 0; i < use->fn->blocks[b].ninsns; i++)
			if (is_upper_kept(&use->fn->blocks[b].insns[i], use))
				return true;
	return false;
}
