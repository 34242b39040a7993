// SPDX-License-Identifier: GPL-2.0-only
/*
 * An address never passes through fewer bits than its kind has, and one kind is
 * never taken for another: between two there is a shift or a translation.
 */

#include "bound.h"
#include "rule.h"

#include <string.h>

/* Where the walk over the program is. */
struct walk {
	struct findings *findings;
	struct link *link;
	struct kinds *kinds;
	const struct function *fn;
	unsigned block, insn;		/* insn: ninsns at the condition */
	unsigned line, col;
	const struct symbol *callee;	/* whose argument is looked at */
	struct bounds *bounds;		/* of fn, once something may be lost */
};

static uint64_t largest(struct walk *w, const struct expr *e)
{
	if (!w->bounds)
		w->bounds = bounds_new(w->kinds, w->fn);
	return bound_at(w->bounds, w->block, w->insn, e);
}

/* What a call returned has no name; a member of it has. */
static const char *text_of(const struct walk *w, const struct expr *e)
{
	char text[200], *name;

	expr_print(w->fn, e, text, sizeof(text));
	if (!strchr(text, '%'))
		return intern(text);
	name = strstr(text, "->");
	return name && text[0] == '%' ? intern(name + 2) : "the result";
}

/* How @e got its kind, from place to place. */
static void note_kind(struct walk *w, struct finding *finding,
		      const struct expr *e)
{
	const struct function *fn = w->fn;
	struct origin from;
	unsigned i;

	for (i = 0; i < 8 && e && kind_origin(w->kinds, fn, e, &from); i++) {
		char text[200];

		fn = from.fn;
		e = from.value;
		if (e)
			expr_print(fn, e, text, sizeof(text));
		finding_note(finding, fn, from.insn->line, from.insn->col,
			     "%s is put there in %s()",
			     e ? text : "what is returned", fn->name);
	}
}

static void say_cut(struct walk *w, const struct expr *e,
		    const struct address *kind, unsigned bits, const char *how)
{
	struct finding *finding = finding_add(w->findings, "gpa-width", w->fn,
		w->line, w->col, "%s, a %s of %u bits, is %s %u", text_of(w, e),
		kind->name, kind_bits(w->kinds, kind), how, bits);

	if (!finding)
		return;
	if (w->callee)
		finding_note(finding, w->fn, w->line, w->col,
			     "it is passed to %s()", w->callee->name);
	note_kind(w, finding, e);
	finding_note(finding, w->fn, w->line, w->col, "needs: %u bits for a %s%s",
		     kind_bits(w->kinds, kind), kind->name, row_text(kind->row));
}

static uint64_t ones(unsigned bits)
{
	return bits >= 64 ? UINT64_MAX : (1ull << bits) - 1;
}

/* The value of @e goes where there are @bits for it. */
static void check_fits(struct walk *w, const struct expr *e, unsigned bits,
		       const struct address *as, const char *how)
{
	const struct address *kind = kind_of_value(w->kinds, w->fn, e);

	/* Where it can only be the narrow one of two it is that. */
	if (kind && kind != as && as && kind_may_be(kind, as))
		return;
	if (kind && bits < kind_bits(w->kinds, kind) &&
	    largest(w, e) > ones(bits))
		say_cut(w, e, kind, bits, how);
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

/* "gfn & ~(n - 1)" with an n of 32 bits: the upper half of the mask is zero. */
static void check_mask(struct walk *w, const struct expr *e,
		       const struct expr *mask)
{
	const struct address *kind = kind_of_value(w->kinds, w->fn, e);
	unsigned bits = mask_bits(mask);

	if (kind && bits < kind_bits(w->kinds, kind) &&
	    largest(w, e) > ones(bits))
		say_cut(w, e, kind, bits, "masked to");
}

static bool are_mixed(const struct address *a, const struct address *b)
{
	return a && b && !kind_may_be(a, b) && !kind_may_be(b, a);
}

static void say_mixed(struct walk *w, const struct expr *e,
		      const struct address *kind, const struct address *as,
		      const char *how)
{
	struct finding *finding = finding_add(w->findings, "gpa-width", w->fn,
		w->line, w->col, "%s, a %s, is %s a %s", text_of(w, e),
		kind->name, how, as->name);

	if (!finding)
		return;
	if (w->callee)
		finding_note(finding, w->fn, w->line, w->col,
			     "it is passed to %s()", w->callee->name);
	note_kind(w, finding, e);
	finding_note(finding, w->fn, w->line, w->col, "is: a %s%s", kind->name,
		     row_text(kind->row));
	finding_note(finding, w->fn, w->line, w->col, "needs: a %s%s", as->name,
		     row_text(as->row));
}

static void check_used_as(struct walk *w, const struct expr *e,
			  const struct address *as)
{
	const struct address *kind = as ? kind_of_value(w->kinds, w->fn, e) : NULL;

	if (are_mixed(kind, as) && kind_is_told(w->kinds, w->fn, e))
		say_mixed(w, e, kind, as, "used as");
}

static bool is_comparison(const struct expr *e)
{
	return e->op == EXPR_BINARY && e->sub >= BIN_EQ && e->sub <= BIN_GE;
}

static void check_operands(struct walk *w, const struct expr *e)
{
	const struct address *a = kind_of_value(w->kinds, w->fn, e->a);
	const struct address *b = kind_of_value(w->kinds, w->fn, e->b);

	if (are_mixed(a, b) && (is_comparison(e) || e->sub == BIN_SUB) &&
	    kind_is_told(w->kinds, w->fn, e->a) &&
	    kind_is_told(w->kinds, w->fn, e->b))
		say_mixed(w, e->a, a, b,
			  is_comparison(e) ? "compared with" : "counted from");
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

static void visit(struct walk *w, const struct expr *e,
		  const struct address *as);

/* "(u32)gpa & 4095": what the cast loses was not asked for. */
static void visit_masked(struct walk *w, const struct expr *e,
			 const struct expr *mask)
{
	if (e->op == EXPR_CAST && e->type->kind == TYPE_SCALAR &&
	    mask->op == EXPR_INT && (uint64_t)mask->value <= ones(e->type->bits))
		e = e->a;
	visit(w, e, NULL);
}

/* @as: what is declared where the value goes, or NULL */
static void visit(struct walk *w, const struct expr *e,
		  const struct address *as)
{
	if (!e || asks_width(e))
		return;
	if (e->op == EXPR_CAST && e->type->kind == TYPE_SCALAR)
		check_fits(w, e->a, e->type->bits, as, "cut to");
	if (e->op == EXPR_BINARY)
		check_operands(w, e);
	if (e->op == EXPR_BINARY && e->sub == BIN_AND) {
		check_mask(w, e->a, e->b);
		check_mask(w, e->b, e->a);
		visit_masked(w, e->a, e->b);
		visit_masked(w, e->b, e->a);
		return;
	}
	visit(w, e->a, NULL);
	visit(w, e->b, NULL);
	visit(w, e->c, NULL);
}

/* @e goes where an @as is declared, if that is not NULL. */
static void check_value(struct walk *w, const struct expr *e,
			const struct address *as)
{
	visit(w, e, as);
	check_used_as(w, e, as);
}

static void check_assignment(struct walk *w, const struct insn *insn)
{
	const struct expr *value = insn->value;

	if (insn->to->op == EXPR_FIELD && insn->to->field->bits) {
		while (value->op == EXPR_CAST)
			value = value->a;
		check_fits(w, value, insn->to->field->bits, NULL,
			   "put into a bitfield of");
	}
	check_value(w, value, kind_declared(w->kinds, w->fn, insn->to));
}

static void check_call_of(struct walk *w, const struct insn *insn,
			  const struct symbol *callee)
{
	const struct function *fn = callee->def;
	unsigned i;

	w->callee = callee;
	for (i = 0; i < insn->nargs; i++)
		check_value(w, insn->args[i], fn && i < fn->nparams
			    ? kind_of_param(w->kinds, fn, i) : NULL);
	w->callee = NULL;
}

static void check_call(struct walk *w, const struct insn *insn)
{
	struct targets targets;
	unsigned i;

	visit(w, insn->value, NULL);
	if (insn->value->op == EXPR_FUNCTION) {
		check_call_of(w, insn, insn->value->symbol);
		return;
	}
	targets = link_targets(w->link, w->fn, insn->value);
	for (i = 0; i < targets.n; i++)
		check_call_of(w, insn, targets.at[i]);
	for (i = 0; i < insn->nargs && !targets.n; i++)
		visit(w, insn->args[i], NULL);
}

static void walk_insn(struct walk *w, const struct insn *insn)
{
	w->line = insn->line;
	w->col = insn->col;
	visit(w, insn->to, NULL);
	switch (insn->kind) {
	case INSN_ASSIGN:
		check_assignment(w, insn);
		break;
	case INSN_CALL:
		check_call(w, insn);
		break;
	case INSN_RETURN:
		if (insn->value)
			check_value(w, insn->value,
				    kind_of_result(w->kinds, w->fn));
		break;
	case INSN_CLEAR:
		break;
	}
}

static void walk_function(struct walk *w)
{
	unsigned i;

	for (w->block = 0; w->block < w->fn->nblocks; w->block++) {
		const struct block *block = &w->fn->blocks[w->block];

		for (i = 0; i < block->ninsns; i++) {
			w->insn = i;
			walk_insn(w, &block->insns[i]);
		}
		w->insn = block->ninsns;
		w->line = block->line;
		w->col = block->col;
		visit(w, block->cond, NULL);
	}
}

static void finish(struct findings *findings, struct solver *solver)
{
	struct walk w = {
		.findings = findings, .link = solver->link,
		.kinds = kinds_of(solver->link),
	};
	unsigned i;

	for (i = 0; w.kinds && i < w.link->n; i++) {
		w.fn = w.link->functions[i];
		w.bounds = NULL;
		walk_function(&w);
	}
}

RULE(gpa_width, "gpa-width",
     "an address keeps all its bits, and its kind", NULL, finish, NULL);
