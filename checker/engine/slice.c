// SPDX-License-Identifier: GPL-2.0-only
/*
 * A branch decides if something that matters happens on one of its sides and
 * not on the other: if a block in which it happens is control dependent on it.
 * A value decides if such a branch asks for it, or another such value is made
 * of it.
 */

#include "slice.h"
#include "reach.h"

#include <stdlib.h>
#include <string.h>

static struct link *at_work;
static struct bits carried;	/* pointers that are put into a local record */

/* Which blocks everything passes on its way out */

static void post_dominators(const struct function *fn, struct bits *post)
{
	unsigned b, i, w;
	bool more;

	for (b = 0; b < fn->nblocks; b++) {
		const struct block *block = &fn->blocks[b];

		post[b] = bits_new(fn->nblocks);
		if (block->ntargets)
			memset(post[b].word, 0xff, post[b].n * sizeof(uint64_t));
		else
			bit_set(&post[b], b);
	}
	do {
		more = false;
		for (b = fn->nblocks; b--;) {
			const struct block *block = &fn->blocks[b];

			if (!block->ntargets)
				continue;
			for (w = 0; w < post[b].n; w++) {
				uint64_t all = ~0ull;

				for (i = 0; i < block->ntargets; i++)
					all &= post[block->targets[i].block].word[w];
				if (w == b / 64)
					all |= 1ull << (b % 64);
				more |= all != post[b].word[w];
				post[b].word[w] = all;
			}
		}
	} while (more);
}

/* True if what happens in @block is decided at the end of @branch. */
static bool depends_on(const struct function *fn, const struct bits *post,
		       unsigned block, unsigned branch)
{
	const struct block *from = &fn->blocks[branch];
	bool some = false, all = true;
	unsigned i;

	for (i = 0; i < from->ntargets; i++)
		if (bit_get(&post[from->targets[i].block], block))
			some = true;
		else
			all = false;
	return some && !(all && branch != block);
}

static bool calls_what_matters(const struct function *fn,
			       const struct insn *insn, enum slice_kind kind)
{
	const struct contract *contract;
	struct targets targets;
	unsigned i;

	if (insn->value->op == EXPR_FUNCTION) {
		struct symbol *symbol = insn->value->symbol;

		contract = symbol->contract;
		for (i = 0; contract && i < contract->effects.n; i++) {
			const struct effect *effect = &contract->effects.at[i];

			if (effect_moves(effect) || effect->verb == VERB_SLEEP)
				if (effect_moves(effect) || kind == SLICE_SLEEP)
					return true;
		}
		if (!symbol->def)
			return false;
		return info_of(symbol->def)->moves ||
		       (kind == SLICE_SLEEP && info_of(symbol->def)->sleeps);
	}
	targets = link_targets(at_work, fn, insn->value);
	for (i = 0; i < targets.n; i++) {
		struct info *info;

		if (!targets.at[i]->def)
			continue;
		info = info_of(targets.at[i]->def);
		if (info->moves || (kind == SLICE_SLEEP && info->sleeps))
			return true;
	}
	return false;
}

static bool matters(const struct function *fn, unsigned b, enum slice_kind kind)
{
	const struct block *block = &fn->blocks[b];
	unsigned i;

	if (block->reads_guarded)
		return true;
	if (info_of(fn)->loans.n && bit_get(&info_of(fn)->uses_loans, b))
		return true;
	for (i = 0; i < block->ninsns; i++) {
		const struct insn *insn = &block->insns[i];
		const struct field *field = stored_field(insn);

		if (field && (at_work->field_guards[field->id].n ||
			      is_told_of_store(at_work, field) ||
			      counts(at_work, insn)))
			return true;
		if (told_load(at_work, insn) || stored_through(at_work, insn) ||
		    answers_member(at_work, insn))
			return true;
		if (insn->kind != INSN_CALL)
			continue;
		if (calls_what_matters(fn, insn, kind))
			return true;
	}
	return false;
}

static void decide_blocks(struct info *info, const struct bits *post,
			  enum slice_kind kind)
{
	const struct function *fn = info->fn;
	struct slice *slice = &info->slice[kind];
	struct bits done = bits_new(fn->nblocks);
	unsigned *work = malloc((fn->nblocks + 1) * sizeof(*work)), n = 0, b;

	for (b = 0; b < fn->nblocks; b++)
		if (tests_member(at_work, fn->blocks[b].cond))
			bit_set(&slice->blocks, b);
	for (b = 0; b < fn->nblocks; b++)
		if (matters(fn, b, kind) || bit_get(&slice->blocks, b)) {
			bit_set(&done, b);
			work[n++] = b;
		}
	while (n) {
		unsigned block = work[--n];

		for (b = 0; b < fn->nblocks; b++) {
			if (fn->blocks[b].ntargets < 2 ||
			    bit_get(&slice->blocks, b) ||
			    !depends_on(fn, post, block, b))
				continue;
			bit_set(&slice->blocks, b);
			if (bit_set(&done, b))
				work[n++] = b;
		}
	}
	free(work);
}

/* Values */

struct marking {
	struct info *info;
	struct slice *slice;
	enum slice_kind kind;
};

static void mark_field(struct marking *m, const struct field *field)
{
	bit_set(&m->slice->fields, field->id);
	bit_set(&at_work->relevant_fields, field->id);
}

static void mark(struct marking *m, const struct expr *e);

/*
 * Not by which way a record was found decides, unless a record of somebody's own
 * carried the pointer there.
 */
static void mark_way(struct marking *m, const struct expr *e)
{
	for (; e; e = e->a) {
		if (e->op == EXPR_INDEX)
			mark(m, e->b);
		else if (e->op == EXPR_FIELD && bit_get(&carried, e->field->id))
			mark_field(m, e->field);
		else if (e->op == EXPR_VAR)
			m->slice->changes += bit_set(&m->slice->bases, e->var);
	}
}

static void mark(struct marking *m, const struct expr *e)
{
	if (!e)
		return;
	switch (e->op) {
	case EXPR_VAR:
		m->slice->changes += bit_set(&m->slice->vars, e->var);
		return;
	case EXPR_FIELD:
		mark_field(m, e->field);
		mark_way(m, e->a);
		return;
	}
	mark(m, e->a);
	mark(m, e->b);
	mark(m, e->c);
}

/* The variable, member or pointer that is stored to; NULL if nothing is. */
static const struct expr *target_of(const struct expr *to)
{
	while (to && (to->op == EXPR_INDEX || to->op == EXPR_CAST))
		to = to->a;
	return to;
}

static bool is_marked(struct marking *m, const struct expr *to)
{
	to = target_of(to);
	if (!to)
		return false;
	if (to->op == EXPR_VAR)
		return bit_get(&m->slice->vars, to->var);
	if (to->op == EXPR_FIELD)
		return bit_get(&at_work->relevant_fields, to->field->id);
	return to->op == EXPR_DEREF;
}

static struct marking *marking;

static void visit_values(struct link *link, struct info *caller,
			 struct info *callee, const struct insn *insn)
{
	struct slice *theirs = &callee->slice[marking->kind];
	struct marking *m = marking;
	unsigned i;

	(void)link;
	(void)caller;
	for (i = 0; i < insn->nargs && i < callee->fn->nparams; i++) {
		if (bit_get(&theirs->vars, i))
			mark(m, insn->args[i]);
		if (bit_get(&theirs->bases, i))
			mark_way(m, insn->args[i]);
	}
	if (insn->to && is_marked(m, insn->to) && !theirs->result) {
		theirs->result = true;
		theirs->changes++;
	}
}

static void ask_for_result(struct marking *m, const struct symbol *symbol)
{
	struct slice *theirs;

	if (!symbol->def)
		return;
	theirs = &info_of(symbol->def)->slice[m->kind];
	if (theirs->result)
		return;
	theirs->result = true;
	theirs->changes++;
}

static void mark_rows(struct marking *m, const struct insn *insn)
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		int args[] = { effect->cond == COND_ALWAYS ? ARG_NONE
						: effect->cond_arg,
			       effect->mode_arg, effect->where_arg };
		unsigned k;

		if (effect->verb == VERB_SLEEP && m->kind == SLICE_LOCKS)
			continue;
		for (k = 0; k < ARRAY_SIZE(args); k++)
			if (arg_index(args[k], insn->nargs) >= 0) {
				const struct expr *arg = insn->args[
					arg_index(args[k], insn->nargs)];

				mark(m, arg->op == EXPR_ADDRESS ? arg->a : arg);
			}
		/* "if ret" ties the result to the lock. */
		if (effect->cond_arg == ARG_RETURN && insn->to)
			mark(m, insn->to);
		if (effect->cond_arg == ARG_RETURN)
			ask_for_result(m, insn->value->symbol);
		/* A value that is made of the arguments. */
		if (insn->to && is_marked(m, insn->to) &&
		    (effect->verb == VERB_RETURNS ||
		     effect->verb == VERB_NEGATIVE || effect->verb == VERB_PURE))
			for (k = 0; k < insn->nargs; k++)
				mark(m, insn->args[k]);
		if (insn->to && is_marked(m, insn->to) &&
		    (effect->verb == VERB_READS ||
		     effect->verb == VERB_FINDS ||
		     effect->verb == VERB_EMPTY) && insn->nargs &&
		    insn->args[0]->op == EXPR_ADDRESS)
			mark(m, insn->args[0]->a);
	}
}

static void mark_insn(struct marking *m, const struct insn *insn)
{
	switch (insn->kind) {
	case INSN_RETURN:
		if (m->slice->result)
			mark(m, insn->value);
		break;
	case INSN_ASSIGN:
		if (is_marked(m, insn->to) || (stored_field(insn) &&
		    is_told_of_store(at_work, stored_field(insn))))
			mark(m, insn->value);
		if (insn->to->op == EXPR_VAR &&
		    bit_get(&m->slice->bases, insn->to->var))
			mark_way(m, insn->value);
		break;
	case INSN_CALL:
		if (insn->value->op != EXPR_FUNCTION)
			mark(m, insn->value);
		mark_rows(m, insn);
		marking = m;
		each_callee(at_work, m->info->fn, insn, visit_values);
		break;
	case INSN_CLEAR:
		break;
	}
}

static void mark_function(struct info *info, enum slice_kind kind)
{
	struct marking m = { info, &info->slice[kind], kind };
	const struct function *fn = info->fn;
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++) {
		const struct block *block = &fn->blocks[b];

		if (bit_get(&m.slice->blocks, b))
			mark(&m, block->cond);
		for (i = 0; i < block->ninsns; i++)
			mark_insn(&m, &block->insns[i]);
	}
}

/* The members that it stores to, each once. */
static void list_stored(struct info *info, struct bits *seen)
{
	const struct function *fn = info->fn;
	const struct expr *to;
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			to = target_of(fn->blocks[b].insns[i].to);
			if (to && to->op == EXPR_FIELD &&
			    bit_set(seen, to->field->id))
				VEC_PUSH(&info->stored, to->field->id);
		}
	for (i = 0; i < info->stored.n; i++)
		bit_clear(seen, info->stored.at[i]);
}

static void begin(struct info *info, const struct program *program,
		  struct bits *seen)
{
	struct function *fn = info->fn;
	struct bits *post = malloc(fn->nblocks * sizeof(*post));
	unsigned k;

	post_dominators(fn, post);
	for (k = 0; k < SLICES; k++) {
		struct slice *slice = &info->slice[k];

		slice->blocks = bits_new(fn->nblocks);
		slice->vars = bits_new(fn->nvars + fn->ntemps);
		slice->bases = bits_new(fn->nvars + fn->ntemps);
		slice->fields = bits_new(program->fields.n);
		decide_blocks(info, post, k);
	}
	free(post);
	list_stored(info, seen);
}

/* Grows whenever something that @info's slice is made of has grown. */
static uint64_t made_from(const struct info *info, enum slice_kind kind)
{
	uint64_t all = 1ull + info->slice[kind].changes;
	struct info *callee;
	unsigned i;

	for (i = 0; i < info->stored.n; i++)
		all += bit_get(&at_work->relevant_fields, info->stored.at[i]);
	each_info_called(callee, info)
		all += callee->slice[kind].changes;
	return all;
}

static bool mark_again(struct info *info, enum slice_kind kind)
{
	uint64_t from = made_from(info, kind);

	if (info->slice[kind].seen == from)
		return false;
	info->slice[kind].seen = from;
	mark_function(info, kind);
	return true;
}

/* What decides in a callee decides in its callers as well. */
static void spread_fields(struct link *link)
{
	struct info *callee;
	unsigned i, k;
	bool more;

	do {
		more = false;
		for (i = 0; i < link->n; i++)
			each_info_called(callee, link->bottom_up[i])
				for (k = 0; k < SLICES; k++)
					more |= bits_add(
						&link->bottom_up[i]->slice[k].fields,
						&callee->slice[k].fields);
	} while (more);
}

static void find_carried(const struct function *fn)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];
			const struct field *field = stored_field(insn);

			if (insn->kind == INSN_ASSIGN && field &&
			    insn->to->op == EXPR_FIELD &&
			    insn->to->a->op == EXPR_VAR && field->type &&
			    field->type->kind == TYPE_POINTER &&
			    field->type->to->kind == TYPE_RECORD)
				bit_set(&carried, field->id);
		}
}

void find_slices(struct link *link)
{
	struct bits seen = bits_new(link->program->fields.n);
	unsigned i, k;
	bool more;

	at_work = link;
	link->relevant_fields = bits_new(link->program->fields.n);
	carried = bits_new(link->program->fields.n);
	for (i = 0; i < link->n; i++)
		find_carried(link->functions[i]);
	for (i = 0; i < link->n; i++)
		begin(info_of(link->functions[i]), link->program, &seen);
	do {
		more = false;
		for (i = 0; i < link->n; i++)
			for (k = 0; k < SLICES; k++)
				more |= mark_again(link->bottom_up[i], k);
	} while (more);
	spread_fields(link);
}
