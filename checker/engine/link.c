// SPDX-License-Identifier: GPL-2.0-only
/* From units to one program. */

#include "link.h"
#include "loan.h"
#include "flow.h"
#include "reach.h"
#include "source.h"
#include "slice.h"
#include "term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bits bits_new(unsigned size)
{
	struct bits b = { NULL, (size + 63) / 64 + 1 };

	b.word = arena_array(&run_arena, uint64_t, b.n);
	return b;
}

static int by_place(const void *x, const void *y)
{
	const struct function *a = *(struct function *const *)x;
	const struct function *b = *(struct function *const *)y;
	int order = strcmp(a->file, b->file);

	if (order)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	order = strcmp(a->name, b->name);
	return order ? order : strcmp(a->unit->name, b->unit->name);
}

static void find_lock_pointers(struct link *link, struct function *fn)
{
	unsigned i;

	for (i = 0; i < fn->nvars; i++) {
		const struct type *type = fn->vars[i].type;

		fn->vars[i].points_to_lock = type &&
			type->kind == TYPE_POINTER && is_lock_type(link, type->to);
	}
}

static void collect(struct link *link)
{
	struct program *program = link->program;
	unsigned i;

	link->n = program->functions.n;
	link->functions = arena_copy(&run_arena, program->functions.at,
				     link->n * sizeof(*link->functions));
	if (link->n)
		qsort(link->functions, link->n, sizeof(*link->functions),
		      by_place);
	for (i = 0; i < link->n; i++) {
		struct function *fn = link->functions[i];
		struct info *info = arena_new(&run_arena, struct info);

		fn->id = i;
		fn->solve = info;
		info->fn = fn;
		info->address_taken = bits_new(fn->nvars + fn->ntemps);
		find_lock_pointers(link, fn);
	}
}

static struct bits field_set(struct program *program, const char **keys,
			     unsigned n)
{
	struct bits set = bits_new(program->fields.n);
	unsigned i;

	for (i = 0; i < n; i++) {
		struct field *field = program_field(program, keys[i]);

		if (field)
			bit_set(&set, field->id);
	}
	return set;
}

/* What a tree calls otherwise than the rows is known by their name for it. */
static void bind_aliases(struct program *program, struct contracts *contracts)
{
	unsigned i;

	for (i = 0; i < contracts->aliases.n; i++) {
		const struct alias_row *alias = &contracts->aliases.at[i];
		struct field *field = program_field(program, alias->name);

		if (!field || program_field(program, alias->meant))
			continue;
		program_call_field(program, field, alias->meant);
		((struct row *)alias->row)->matched = true;
	}
}

static struct contract *contract_by_alias(struct contracts *contracts,
					  const char *name)
{
	unsigned i;

	for (i = 0; i < contracts->aliases.n; i++)
		if (contracts->aliases.at[i].name == name) {
			((struct row *)contracts->aliases.at[i].row)->matched = true;
			return contract_of(contracts,
					   contracts->aliases.at[i].meant);
		}
	return NULL;
}

/* Rows to symbols, fields and variables of this tree. */
static void bind_contracts(struct link *link)
{
	struct program *program = link->program;
	struct contracts *contracts = link->contracts;
	unsigned i, k;

	bind_aliases(program, contracts);
	for (i = 0; i < program->symbols.n; i++) {
		struct symbol *symbol = program->symbols.at[i];
		struct contract *contract = contract_of(contracts, symbol->name);

		if (!contract)
			contract = contract_by_alias(contracts, symbol->name);
		symbol->contract = contract;
		if (!contract)
			continue;
		((struct row *)contract->row)->matched = true;
		for (k = 0; k < contract->effects.n; k++)
			((struct row *)contract->effects.at[k].row)->matched = true;
	}
	link->field_class = arena_array(&run_arena, const struct lock_class *,
					program->fields.n + 1);
	link->global_class = arena_array(&run_arena, const struct lock_class *,
					 program->globals.n + 1);
	link->field_guards = arena_array(&run_arena, struct guard_list,
					 program->fields.n + 1);
	link->sticky_fields = field_set(program, contracts->stickies.at,
					contracts->stickies.n);
	link->counter_fields = field_set(program, contracts->counters.at,
					 contracts->counters.n);
	link->field_ons = arena_array(&run_arena, struct on_list,
				      program->fields.n + 1);
	for (i = 0; i < contracts->ons.n; i++) {
		const struct on_row *on = &contracts->ons.at[i];
		struct field *field = program_field(program, on->key);

		if (!field)
			continue;
		((struct row *)on->contract->row)->matched = true;
		VEC_PUSH(&link->field_ons[field->id], on);
		link->tests_members |= on->event == MEMBER_TEST;
		link->reads_guarded |= on->event == MEMBER_READ;
	}
	for (i = 0; i < contracts->guards.n; i++) {
		const struct guard *guard = &contracts->guards.at[i];
		struct field *field = program_field(program, guard->key);

		if (!field)
			continue;
		((struct row *)guard->row)->matched = true;
		VEC_PUSH(&link->field_guards[field->id], guard);
		link->reads_guarded |= guard->event == GUARD_READ;
	}
}

/* "mutex in a place without a name": one class for each way to get there. */
static const struct lock_class *named_class(struct link *link,
					    const char *format,
					    const char *name)
{
	char text[300];

	snprintf(text, sizeof(text), format, name);
	return lock_class(link->contracts, text);
}

const struct lock_class *class_of(struct link *link, const struct term *t)
{
	const struct lock_class **cls;

	switch (t->kind) {
	case TERM_FIELD:
		cls = &link->field_class[t->field->id];
		if (!*cls)
			*cls = lock_class(link->contracts, t->field->key);
		return *cls;
	case TERM_GLOBAL:
		cls = &link->global_class[t->global->id];
		if (!*cls)
			*cls = lock_class(link->contracts, t->global->name);
		return *cls;
	case TERM_ELEMENT:
		return class_of(link, t->a);
	case TERM_PARAM:
	case TERM_OUTER:
		if (t->cls)
			return t->cls;
		break;
	case TERM_LOAD:
		if (t->a->kind == TERM_FIELD)
			return named_class(link, "*%s", t->a->field->key);
		break;
	case TERM_CONTAINER:
		return named_class(link, "%s", t->field->record);
	}
	return link->contracts->some;
}

const struct field *stored_field(const struct insn *insn)
{
	const struct expr *to = insn->to;

	while (to && to->op == EXPR_INDEX)
		to = to->a;
	return to && to->op == EXPR_FIELD ? to->field : NULL;
}

const struct field *passed_field(const struct insn *insn,
				 const struct effect *effect)
{
	int arg = arg_index(effect->arg, insn->nargs);
	const struct expr *e = arg >= 0 ? insn->args[arg] : NULL;

	if (effect->verb != VERB_WRITES || !e)
		return NULL;
	while (e->op == EXPR_ADDRESS || e->op == EXPR_INDEX)
		e = e->a;
	return e->op == EXPR_FIELD ? e->field : NULL;
}

int counts(const struct link *link, const struct insn *insn)
{
	const struct field *field = stored_field(insn);
	const struct expr *value = insn->value;

	if (!field || !bit_get(&link->counter_fields, field->id) ||
	    insn->kind != INSN_ASSIGN || value->op != EXPR_BINARY ||
	    value->a->op != EXPR_FIELD || value->a->field != field)
		return 0;
	return value->sub == BIN_ADD ? 1 : value->sub == BIN_SUB ? -1 : 0;
}

bool is_window(const struct link *link, const struct lock_class *cls)
{
	const struct field *field = program_field(link->program, cls->name);

	return field && bit_get(&link->counter_fields, field->id);
}

void each_callee(struct link *link, const struct function *fn,
		 const struct insn *insn, callee_fn visit)
{
	struct targets targets;
	unsigned i;

	if (insn->value->op == EXPR_FUNCTION) {
		struct symbol *symbol = insn->value->symbol;

		if (symbol->def)
			visit(link, info_of(fn), info_of(symbol->def), insn);
		return;
	}
	targets = link_targets(link, fn, insn->value);
	for (i = 0; i < targets.n; i++)
		if (targets.at[i]->def)
			visit(link, info_of(fn), info_of(targets.at[i]->def),
			      insn);
}

void each_call(struct link *link, const struct function *fn, callee_fn visit)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			if (fn->blocks[b].insns[i].kind == INSN_CALL)
				each_callee(link, fn, &fn->blocks[b].insns[i],
					    visit);
}

static void add_callee(struct link *link, struct info *caller,
		       struct info *callee, const struct insn *insn)
{
	(void)link;
	(void)insn;
	if (callee->last_caller == caller)
		return;
	callee->last_caller = caller;
	VEC_PUSH(&caller->callees, callee);
}

static void find_callees(struct link *link)
{
	unsigned i;

	for (i = 0; i < link->n; i++)
		each_call(link, link->functions[i], add_callee);
}

static void order_callees(struct link *link, struct info *info, unsigned *n)
{
	struct info *callee;

	info->ordered = true;
	each_info_called(callee, info)
		if (!callee->ordered)
			order_callees(link, callee, n);
	link->bottom_up[(*n)++] = info;
}

/* What spreads from callees to callers is settled in few rounds then. */
static void order_functions(struct link *link)
{
	unsigned i, n = 0;

	link->bottom_up = arena_array(&run_arena, struct info *, link->n);
	for (i = 0; i < link->n; i++)
		if (!info_of(link->functions[i])->ordered)
			order_callees(link, info_of(link->functions[i]), &n);
}

/* Liveness */

static void use(struct bits *live, const struct expr *e)
{
	if (!e)
		return;
	if (e->op == EXPR_VAR) {
		bit_set(live, e->var);
		return;
	}
	use(live, e->a);
	use(live, e->b);
	use(live, e->c);
}

static void take_address(struct info *info, const struct expr *e)
{
	const struct expr *of;

	if (!e)
		return;
	if (e->op == EXPR_ADDRESS) {
		of = e->a;
		while (of->op == EXPR_FIELD || of->op == EXPR_INDEX)
			of = of->a;
		if (of->op == EXPR_VAR)
			bit_set(&info->address_taken, of->var);
	}
	take_address(info, e->a);
	take_address(info, e->b);
	take_address(info, e->c);
}

static void use_insn(struct bits *live, const struct insn *insn)
{
	unsigned i;

	if (insn->to && insn->to->op == EXPR_VAR)
		live->word[insn->to->var / 64] &= ~(1ull << (insn->to->var % 64));
	else
		use(live, insn->to);
	use(live, insn->value);
	for (i = 0; i < insn->nargs; i++)
		use(live, insn->args[i]);
}

static bool live_in_block(struct info *info, unsigned b, struct bits *scratch)
{
	const struct block *block = &info->fn->blocks[b];
	bool more = false;
	unsigned i, j;

	memcpy(scratch->word, info->address_taken.word,
	       scratch->n * sizeof(uint64_t));
	for (i = 0; i < block->ntargets; i++)
		for (j = 0; j < scratch->n; j++)
			scratch->word[j] |=
				info->live[block->targets[i].block].word[j];
	use(scratch, block->cond);
	for (i = block->ninsns; i--;)
		use_insn(scratch, &block->insns[i]);
	for (j = 0; j < scratch->n; j++) {
		more |= (scratch->word[j] & ~info->live[b].word[j]) != 0;
		info->live[b].word[j] |= scratch->word[j];
	}
	return more;
}

static void find_live(struct info *info)
{
	const struct function *fn = info->fn;
	unsigned vars = fn->nvars + fn->ntemps, b, i, j;
	struct bits scratch = bits_new(vars);
	bool more;

	for (b = 0; b < fn->nblocks; b++) {
		take_address(info, fn->blocks[b].cond);
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			take_address(info, insn->value);
			for (j = 0; j < insn->nargs; j++)
				take_address(info, insn->args[j]);
		}
	}
	info->live = arena_array(&run_arena, struct bits, fn->nblocks);
	for (b = 0; b < fn->nblocks; b++)
		info->live[b] = bits_new(vars);
	do {
		more = false;
		for (b = fn->nblocks; b--;)
			more |= live_in_block(info, b, &scratch);
	} while (more);
}

/*
 * Whatever the order of the blocks, a way round has a step that does not lead on in
 * it, and each block of the way round lies under one of these steps.
 */
static void find_loops(struct info *info)
{
	const struct function *fn = info->fn;
	unsigned b, i, k;

	info->small = fn->nblocks <= 12;
	info->loops = bits_new(fn->nblocks);
	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ntargets; i++)
			for (k = fn->blocks[b].targets[i].block; k <= b; k++) {
				bit_set(&info->loops, k);
				info->small = false;
			}
}

static void bind_entries(struct link *link)
{
	unsigned i, j;

	for (i = 0; i < link->n; i++) {
		struct info *info = info_of(link->functions[i]);

		info->escapes = flow_escape(link->flow, info->fn->symbol);
		info->afar = flow_is_afar(link->flow, info->fn->symbol);
		for (j = 0; j < link->contracts->entries.n; j++) {
			const struct entry_row *entry =
				&link->contracts->entries.at[j];

			if (entry->slot != info->fn->name &&
			    entry->slot != info->escapes)
				continue;
			VEC_PUSH(&info->entries, entry);
			((struct row *)entry->row)->matched = true;
		}
	}
}

static void bind_values(struct link *link)
{
	struct contracts *contracts = link->contracts;
	unsigned i, k;

	for (i = 0; i < contracts->values.n; i++) {
		const struct value_row *value = &contracts->values.at[i];

		if (!program_field(link->program, value->key))
			continue;
		for (k = 0; k < link->n; k++)
			if (link->functions[k]->name == value->function) {
				struct info *info = info_of(link->functions[k]);

				VEC_PUSH(&info->values, value);
				((struct row *)value->row)->matched = true;
			}
	}
}

struct link *link_program(struct program *program,
			  struct contracts *contracts, struct error *err)
{
	struct link *link = arena_new(&run_arena, struct link);
	unsigned i;

	(void)err;
	link->program = program;
	link->contracts = contracts;
	collect(link);
	bind_contracts(link);
	source_bind(link);
	link->flow = flow_build(link);
	find_callees(link);
	order_functions(link);
	find_reach(link);
	find_loans(link);
	find_slices(link);
	bind_entries(link);
	bind_values(link);
	for (i = 0; i < link->n; i++) {
		find_loops(info_of(link->functions[i]));
		find_live(info_of(link->functions[i]));
	}
	return link;
}

struct targets link_targets(struct link *link, const struct function *fn,
			    const struct expr *callee)
{
	return flow_targets(link->flow, fn, callee);
}
