// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who returns what is only lent, and where such a value may be used behind the
 * end of its section: by the text alone, so that paths are burdened only there.
 */

#include "loan.h"
#include "reach.h"

#include <stdlib.h>

/* Variables and members that have the value, or an address made of it. */
struct holders {
	struct bits vars;
	VEC(const struct field *) fields;
};

static bool has_field(const struct holders *h, const struct field *field)
{
	unsigned i;

	for (i = 0; i < h->fields.n; i++)
		if (h->fields.at[i] == field)
			return true;
	return false;
}

static const struct expr *pointer_below(const struct expr *e)
{
	while (e->op == EXPR_FIELD || e->op == EXPR_INDEX)
		e = e->a;
	return e->op == EXPR_DEREF ? e->a : NULL;
}

static bool is_made_of(const struct holders *h, const struct expr *e)
{
	switch (e->op) {
	case EXPR_VAR:
		return bit_get(&h->vars, e->var);
	case EXPR_FIELD:
		return has_field(h, e->field);
	case EXPR_CAST:
		return is_made_of(h, e->a);
	case EXPR_CONDITIONAL:
		return is_made_of(h, e->b) || is_made_of(h, e->c);
	case EXPR_BINARY:
		return (e->sub == BIN_ADD || e->sub == BIN_SUB) &&
		       is_made_of(h, e->a);
	case EXPR_ADDRESS:
		e = pointer_below(e->a);
		return e && is_made_of(h, e);
	default:
		return false;
	}
}

static bool add_holder(struct holders *h, const struct expr *to)
{
	if (to->op == EXPR_VAR)
		return bit_set(&h->vars, to->var);
	if (to->op != EXPR_FIELD || has_field(h, to->field))
		return false;
	VEC_PUSH(&h->fields, to->field);
	return true;
}

/* The node of a tree in it, the next one: found by who is out of sight. */
static bool is_found_in(const struct holders *h, const struct insn *insn)
{
	unsigned i;

	if (insn->kind != INSN_CALL || insn->value->op != EXPR_FUNCTION ||
	    insn->value->symbol->def || insn->value->symbol->contract ||
	    !insn->to || !insn->to->type ||
	    insn->to->type->kind != TYPE_POINTER)
		return false;
	for (i = 0; i < insn->nargs; i++)
		if (is_made_of(h, insn->args[i]))
			return true;
	return false;
}

static void find_holders(const struct function *fn, const struct insn *first,
			 struct holders *h)
{
	unsigned b, i;
	bool more;

	h->vars = bits_new(fn->nvars + fn->ntemps);
	h->fields.n = 0;
	add_holder(h, first->to);
	do {
		more = false;
		for (b = 0; b < fn->nblocks; b++)
			for (i = 0; i < fn->blocks[b].ninsns; i++) {
				const struct insn *insn = &fn->blocks[b].insns[i];

				if ((insn->kind == INSN_ASSIGN &&
				     is_made_of(h, insn->value)) ||
				    is_found_in(h, insn))
					more |= add_holder(h, insn->to);
			}
	} while (more);
}

/* Lenders */

typedef void (*loan_fn)(void *data, const struct insn *insn,
			const struct lock_class *mark);

static void visit_rows(const struct contract *contract, const struct insn *insn,
		       loan_fn visit, void *data)
{
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++)
		if (contract->effects.at[i].verb == VERB_LEND)
			visit(data, insn, contract->effects.at[i].cls);
}

static void visit_symbol(const struct symbol *symbol, const struct insn *insn,
			 loan_fn visit, void *data)
{
	struct info *info = symbol->def ? info_of(symbol->def) : NULL;
	unsigned i;

	visit_rows(symbol->contract, insn, visit, data);
	for (i = 0; info && i < info->lends.n; i++)
		visit(data, insn, info->lends.at[i]);
}

/* What @insn puts into a variable or a member is lent: by whom it calls, or by
 * the member that it copies. */
static void visit_loans(struct link *link, const struct insn *insn,
			loan_fn visit, void *data)
{
	const struct field *field = loaded_field(insn);
	unsigned i;

	if (!insn->to)
		return;
	if (insn->kind == INSN_CALL && insn->value->op == EXPR_FUNCTION)
		visit_symbol(insn->value->symbol, insn, visit, data);
	for (i = 0; field && i < link->field_ons[field->id].n; i++)
		if (link->field_ons[field->id].at[i]->event == MEMBER_LOAD)
			visit_rows(link->field_ons[field->id].at[i]->contract,
				   insn, visit, data);
}

static void each_loan(struct link *link, const struct function *fn,
		      loan_fn visit, void *data)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			visit_loans(link, &fn->blocks[b].insns[i], visit, data);
}

static void add_lends(struct info *info, const struct lock_class *mark)
{
	unsigned i;

	for (i = 0; i < info->lends.n; i++)
		if (info->lends.at[i] == mark)
			return;
	VEC_PUSH(&info->lends, mark);
}

/* The function returns what it was lent itself: so it lends. */
static void pass_on(void *data, const struct insn *first,
		    const struct lock_class *mark)
{
	struct info *info = data;
	const struct function *fn = info->fn;
	struct holders h = { 0 };
	unsigned b, i;

	find_holders(fn, first, &h);
	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			if (insn->kind == INSN_RETURN && insn->value &&
			    is_made_of(&h, insn->value))
				add_lends(info, mark);
		}
	free(h.fields.at);
}

/* Ends */

static bool ends_by_row(struct link *link, const struct insn *insn,
			const struct effect *effect,
			const struct lock_class *mark)
{
	const struct lock_class *cls = effect_class(link, insn, effect);
	unsigned i;

	if (effect->verb != VERB_DROP && effect->verb != VERB_YIELD)
		return false;
	for (i = 0; cls && i < mark->lasts.n; i++)
		if (mark->lasts.at[i] == cls)
			return true;
	return !cls || cls == mark;
}

static bool ends_by_rows(struct link *link, const struct insn *insn,
			 const struct lock_class *mark)
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++)
		if (ends_by_row(link, insn, &contract->effects.at[i], mark))
			return true;
	return false;
}

static struct {
	const struct lock_class *mark;
	bool ends;
} ending;

/* It drops such a lock, or one that it has only a pointer to, as guard() does. */
static void visit_ending(struct link *link, struct info *caller,
			 struct info *callee, const struct insn *insn)
{
	const struct function *fn = callee->fn;
	unsigned b, i;

	(void)caller; (void)insn;
	ending.ends |= is_touched(callee, ending.mark);
	for (b = 0; b < fn->nblocks && !ending.ends; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			ending.ends |= ends_by_rows(link,
						    &fn->blocks[b].insns[i],
						    ending.mark);
}

static bool may_end(struct link *link, const struct function *fn,
		    const struct insn *insn, const struct lock_class *mark)
{
	if (insn->kind != INSN_CALL)
		return false;
	if (ends_by_rows(link, insn, mark))
		return true;
	ending.mark = mark;
	ending.ends = false;
	each_callee(link, fn, insn, visit_ending);
	return ending.ends;
}

/* Uses */

static bool mentions(const struct holders *h, const struct expr *e)
{
	if (!e)
		return false;
	return (e->op == EXPR_VAR && bit_get(&h->vars, e->var)) ||
	       (e->op == EXPR_FIELD && has_field(h, e->field)) ||
	       mentions(h, e->a) || mentions(h, e->b) || mentions(h, e->c);
}

static bool may_use(const struct holders *h, const struct insn *insn)
{
	unsigned i;

	if (insn->to && insn->to->op != EXPR_VAR && mentions(h, insn->to))
		return true;
	for (i = 0; i < insn->nargs; i++)
		if (mentions(h, insn->args[i]))
			return true;
	return mentions(h, insn->value);
}

/* Blocks that follow @from, by however many steps */
static struct bits blocks_behind(const struct function *fn, unsigned from)
{
	struct bits behind = bits_new(fn->nblocks);
	unsigned *work = malloc((fn->nblocks + 1) * sizeof(*work)), n = 0, i;

	work[n++] = from;
	while (n) {
		const struct block *block = &fn->blocks[work[--n]];

		for (i = 0; i < block->ntargets; i++)
			if (bit_set(&behind, block->targets[i].block))
				work[n++] = block->targets[i].block;
	}
	free(work);
	return behind;
}

static bool is_used_from(const struct function *fn, const struct holders *h,
			 unsigned b, unsigned i)
{
	for (; i < fn->blocks[b].ninsns; i++)
		if (may_use(h, &fn->blocks[b].insns[i]))
			return true;
	return mentions(h, fn->blocks[b].cond);
}

static bool is_used_behind(const struct function *fn, const struct holders *h,
			   unsigned block, unsigned insn)
{
	struct bits behind = blocks_behind(fn, block);
	unsigned b;

	if (is_used_from(fn, h, block, insn + 1))
		return true;
	for (b = 0; b < fn->nblocks; b++)
		if (bit_get(&behind, b) && is_used_from(fn, h, b, 0))
			return true;
	return false;
}

struct search {
	struct link *link;
	struct info *info;
};

static void find_block(const struct function *fn, const struct insn *insn,
		       unsigned *block, unsigned *at)
{
	for (*block = 0;; ++*block) {
		const struct block *b = &fn->blocks[*block];

		if (insn >= b->insns && insn < b->insns + b->ninsns)
			break;
	}
	*at = insn - fn->blocks[*block].insns;
}

static void add_loan(struct info *info, const struct insn *insn,
		     const struct lock_class *mark, bool found_in)
{
	unsigned i;

	for (i = 0; i < info->loans.n; i++)
		if (info->loans.at[i].insn == insn &&
		    info->loans.at[i].mark == mark)
			return;
	VEC_PUSH(&info->loans, ((struct loan){ insn, mark, found_in }));
}

static void add_found_in(struct info *info, const struct holders *h,
			 const struct lock_class *mark)
{
	const struct function *fn = info->fn;
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			if (is_found_in(h, &fn->blocks[b].insns[i]))
				add_loan(info, &fn->blocks[b].insns[i], mark, true);
}

static void note_uses(struct info *info, const struct holders *h)
{
	unsigned b;

	if (!info->uses_loans.n)
		info->uses_loans = bits_new(info->fn->nblocks);
	for (b = 0; b < info->fn->nblocks; b++)
		if (is_used_from(info->fn, h, b, 0))
			bit_set(&info->uses_loans, b);
}

/* Behind @insn comes what may end the section, and behind that a use. */
static void find_outliving(void *data, const struct insn *insn,
			   const struct lock_class *mark)
{
	struct search *s = data;
	const struct function *fn = s->info->fn;
	struct holders h = { 0 };
	struct bits behind;
	unsigned block, at, b, i;
	bool found = false;

	find_block(fn, insn, &block, &at);
	find_holders(fn, insn, &h);
	behind = blocks_behind(fn, block);
	for (b = 0; b < fn->nblocks && !found; b++)
		for (i = b == block && !bit_get(&behind, b) ? at + 1 : 0;
		     i < fn->blocks[b].ninsns && !found; i++)
			found = (b == block || bit_get(&behind, b)) &&
				may_end(s->link, fn, &fn->blocks[b].insns[i],
					mark) &&
				is_used_behind(fn, &h, b, i);
	if (found) {
		add_loan(s->info, insn, mark, false);
		add_found_in(s->info, &h, mark);
		note_uses(s->info, &h);
	}
	free(h.fields.at);
}

void find_loans(struct link *link)
{
	struct search s = { .link = link };
	unsigned i;

	for (i = 0; i < link->n; i++)
		each_loan(link, link->bottom_up[i]->fn, pass_on,
			  link->bottom_up[i]);
	for (i = 0; i < link->n; i++) {
		s.info = info_of(link->functions[i]);
		each_loan(link, link->functions[i], find_outliving, &s);
	}
}
