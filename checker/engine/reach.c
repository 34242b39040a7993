// SPDX-License-Identifier: GPL-2.0-only

#include "balance.h"
#include "reach.h"
#include "several.h"

#include <stdlib.h>
#include <string.h>

/* Classes that are first met later are in no set: they count for touched. */
static unsigned known_classes;

bool is_late(const struct lock_class *cls)
{
	return cls->id >= known_classes;
}

bool is_touched(const struct info *info, const struct lock_class *cls)
{
	return is_late(cls) || bit_get(&info->touched, cls->id);
}

bool effect_moves(const struct effect *effect)
{
	switch (effect->verb) {
	case VERB_TAKE: case VERB_DROP: case VERB_YIELD: case VERB_NEED:
	case VERB_FORBID: case VERB_TEST: case VERB_BROKEN: case VERB_SYNC:
		return true;
	default:
		return false;
	}
}

/* The class of the lock whose address @e is, as far as the text says it. */
const struct lock_class *static_class(struct link *link, const struct expr *e)
{
	if (e->op == EXPR_CAST)
		return static_class(link, e->a);
	if (e->op != EXPR_ADDRESS)
		return NULL;
	e = e->a;
	while (e->op == EXPR_INDEX)
		e = e->a;
	if (e->op == EXPR_FIELD)
		return lock_class(link->contracts, e->field->key);
	if (e->op == EXPR_GLOBAL)
		return lock_class(link->contracts, e->global->name);
	return NULL;
}

const struct lock_class *effect_class(struct link *link,
				      const struct insn *insn,
				      const struct effect *effect)
{
	int arg = insn && insn->kind == INSN_CALL
		? arg_index(effect->arg, insn->nargs) : -1;

	if (effect->cls || arg < 0)
		return effect->cls;
	return static_class(link, insn->args[arg]);
}

bool is_lock_type(struct link *link, const struct type *type)
{
	unsigned i;

	while (type && type->kind == TYPE_ARRAY)
		type = type->to;
	if (!type || type->kind != TYPE_RECORD)
		return false;
	for (i = 0; i < link->contracts->lock_types.n; i++)
		if (link->contracts->lock_types.at[i] == type->name)
			return true;
	return false;
}

/* @verb: VERB_TAKE, VERB_SYNC, or any other that asks for the class */
typedef void (*class_fn)(struct link *link, struct info *info,
			 const struct lock_class *cls, enum verb verb);

/* The lock that is passed to who knows what: it may be taken there. */
static void visit_arguments(struct link *link, struct info *info,
			    const struct insn *insn, class_fn visit)
{
	const struct lock_class *cls;
	unsigned i;

	for (i = 0; i < insn->nargs; i++) {
		const struct type *type = insn->args[i]->type;

		if (!type || type->kind != TYPE_POINTER ||
		    !is_lock_type(link, type->to))
			continue;
		cls = static_class(link, insn->args[i]);
		if (cls)
			visit(link, info, cls, VERB_TAKE);
	}
}

static void visit_guard(struct link *link, struct info *info,
			const struct field *field, class_fn visit)
{
	const struct guard_list *guards = &link->field_guards[field->id];
	unsigned g, w, n;

	if (guards->n)
		visit(link, info, link->contracts->alone, VERB_TEST);
	for (g = 0; g < guards->n; g++)
		for (w = 0; w < guards->at[g]->ways.n; w++) {
			const struct guard_way *way = &guards->at[g]->ways.at[w];

			for (n = 0; n < way->needs.n; n++)
				visit(link, info, way->needs.at[n].cls,
				      VERB_NEED);
		}
}

/* What else than its own class an effect asks for, or brings to an end. */
static void visit_others(struct link *link, struct info *info,
			 const struct effect *effect, class_fn visit)
{
	unsigned i;

	if (effect->when)
		visit(link, info, effect->when, VERB_TEST);
	if (effect->unless)
		visit(link, info, effect->unless, VERB_TEST);
	if (effect->weak)
		visit(link, info, effect->weak, VERB_TEST);
	for (i = 0; i < effect->others.n; i++)
		visit(link, info, effect->others.at[i], VERB_TEST);
}

static void visit_effect(struct link *link, struct info *info,
			 const struct insn *insn, const struct effect *effect,
			 class_fn visit)
{
	const struct lock_class *cls = effect_class(link, insn, effect);

	if (cls)
		visit(link, info, cls, effect->tries ||
		      (is_mark(cls) && effect->verb != VERB_DROP)
		      ? VERB_TEST : effect->verb);
	visit_others(link, info, effect, visit);
}

static void visit_effects(struct link *link, struct info *info,
			  const struct insn *insn,
			  const struct contract *contract, class_fn visit)
{
	unsigned i;

	for (i = 0; i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		const struct field *field = insn ? passed_field(insn, effect)
						 : NULL;

		if (field)
			visit_guard(link, info, field, visit);
		if (!effect_moves(effect)) {
			visit_others(link, info, effect, visit);
			continue;
		}
		for (; effect; effect = effect->instead)
			visit_effect(link, info, insn, effect, visit);
	}
}

static void visit_member(struct link *link, struct info *info,
			 const struct field *field, enum member_event event,
			 class_fn visit)
{
	const struct on_list *ons = &link->field_ons[field->id];
	unsigned i;

	for (i = 0; i < ons->n; i++)
		if (ons->at[i]->event == event)
			visit_effects(link, info, NULL, ons->at[i]->contract,
				      visit);
}

/* Whoever asks for a counter asks whether it is raised. */
static void visit_reads(struct link *link, struct info *info,
			const struct expr *e, class_fn visit)
{
	for (; e; e = e->a) {
		if (e->op == EXPR_FIELD &&
		    bit_get(&link->counter_fields, e->field->id))
			visit(link, info, lock_class(link->contracts,
						     e->field->key), VERB_TEST);
		if (e->op == EXPR_FIELD && is_read_guarded(link, e->field))
			visit_guard(link, info, e->field, visit);
		if (e->op == EXPR_FIELD)
			visit_member(link, info, e->field, MEMBER_TEST, visit);
		if (e->op == EXPR_FIELD)
			visit_member(link, info, e->field, MEMBER_READ, visit);
		if (e->b)
			visit_reads(link, info, e->b, visit);
	}
}

static void visit_classes(struct link *link, struct info *info, class_fn visit)
{
	const struct function *fn = info->fn;
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++) {
		visit_reads(link, info, fn->blocks[b].cond, visit);
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];
			const struct field *field = stored_field(insn);
			const struct expr *pointer = stored_through(link, insn);
			const struct contract *contract;

			if (field)
				visit_guard(link, info, field, visit);
			if (pointer)
				visit_guard(link, info, pointer->field, visit);
			if (field && bit_get(&link->counter_fields, field->id))
				visit(link, info, lock_class(link->contracts,
							     field->key),
				      counts(link, insn) > 0 ? VERB_TAKE
				      : VERB_DROP);
			visit_reads(link, info, insn->value, visit);
			if (field)
				visit_member(link, info, field, MEMBER_STORE,
					     visit);
			if (told_load(link, insn))
				visit_member(link, info, told_load(link, insn),
					     MEMBER_LOAD, visit);
			if (insn->kind != INSN_CALL)
				continue;
			visit_arguments(link, info, insn, visit);
			if (insn->value->op != EXPR_FUNCTION)
				continue;
			contract = insn->value->symbol->contract;
			if (contract)
				visit_effects(link, info, insn, contract, visit);
		}
	}
}

static void visit_make(struct link *link, struct info *info,
		       const struct lock_class *cls, enum verb verb)
{
	(void)link; (void)info; (void)cls; (void)verb;
}

static void touch(struct link *link, struct info *info,
		  const struct lock_class *cls, enum verb verb)
{
	unsigned i;

	bits_add(&info->touched, &link->tied[cls->id]);
	if (verb == VERB_DROP || verb == VERB_YIELD) {
		for (i = 0; i < cls->ends.n; i++)
			bit_set(&info->touched, cls->ends.at[i]->id);
		for (i = 0; i < cls->due.n; i++)
			bit_set(&info->touched, cls->due.at[i]->id);
	}
	if (verb == VERB_TAKE)
		bit_set(&info->taken, cls->id);
	/* Who is alone waits for nobody. */
	if (verb == VERB_SYNC) {
		bit_set(&info->synced, cls->id);
		bit_set(&info->touched, link->contracts->alone->id);
	}
	/* Where it may be taken only inside others, these matter too. */
	for (i = 0; verb == VERB_TAKE && i < cls->inside.n; i++)
		bit_set(&info->touched,
			lock_class(link->contracts,
				   cls->inside.at[i]->subject)->id);
}

/* Declared orders, and what follows from them */

static void find_conflicts(struct link *link)
{
	struct contracts *contracts = link->contracts;
	unsigned n = contracts->classes.n, i, k;
	struct bits *outside;		/* by class: what is taken before it */
	bool more;

	outside = arena_array(&run_arena, struct bits, n);
	link->conflicts = outside;
	for (i = 0; i < n; i++)
		outside[i] = bits_new(n);
	for (i = 0; i < contracts->orders.n; i++)
		bit_set(&outside[contracts->orders.at[i].inner->id],
			contracts->orders.at[i].outer->id);
	do {
		more = false;
		for (i = 0; i < n; i++)
			for (k = 0; k < n; k++) {
				unsigned w;

				if (!bit_get(&outside[i], k))
					continue;
				for (w = 0; w < outside[i].n; w++) {
					uint64_t add = outside[k].word[w] &
						       ~outside[i].word[w];

					more |= add != 0;
					outside[i].word[w] |= add;
				}
			}
	} while (more);
	for (i = 0; i < n; i++)
		if (contracts->classes.at[i]->leaf)
			memset(outside[i].word, 0xff,
			       outside[i].n * sizeof(uint64_t));
	for (i = 0; i < contracts->nevers.n; i++)
		bit_set(&outside[contracts->nevers.at[i].held->id],
			contracts->nevers.at[i].taken->id);
}

/* What a function does by itself */

/* In memory that others see, not in a variable of the function. */
static bool is_shared(const struct expr *to)
{
	while (to->op == EXPR_FIELD || to->op == EXPR_INDEX)
		to = to->a;
	return to->op != EXPR_VAR;
}

static void own_effects(struct info *info, const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];

		info->moves |= effect_moves(effect);
		info->sleeps |= effect->verb == VERB_SLEEP ||
				effect->verb == VERB_YIELD;
		if ((effect->verb == VERB_TAKE || effect->verb == VERB_DROP) &&
		    (!effect->flavour || effect->flavour->atomic))
			info->moves_atomic = true;
	}
}

/* True if the call changes a member that has a guard. */
static bool writes_guarded(struct link *link, const struct insn *insn)
{
	const struct contract *contract = insn->value->symbol->contract;
	const struct field *field;
	unsigned i;

	for (i = 0; i < contract->effects.n; i++) {
		field = passed_field(insn, &contract->effects.at[i]);
		if (field && link->field_guards[field->id].n)
			return true;
	}
	return false;
}

static void own_reach(struct link *link, struct info *info)
{
	const struct function *fn = info->fn;
	unsigned b, i;

	if (fn->symbol && fn->symbol->contract)
		own_effects(info, fn->symbol->contract);
	if (info->quiet)
		info->moves = info->moves_atomic = true;
	for (b = 0; b < fn->nblocks; b++) {
		info->moves |= find_guarded_reads(link, &fn->blocks[b]) ||
			       tests_member(link, fn->blocks[b].cond);
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];
			const struct field *field = stored_field(insn);

			if (field && is_shared(insn->to))
				bit_set(&info->writes, field->id);
			if (field && (link->field_guards[field->id].n ||
				      is_told_of_store(link, field) ||
				      counts(link, insn)))
				info->moves = true;
			info->moves |= stored_through(link, insn) != NULL;
			info->moves |= told_load(link, insn) != NULL ||
				       answers_member(link, insn);
			if (insn->kind != INSN_CALL ||
			    insn->value->op != EXPR_FUNCTION ||
			    !insn->value->symbol->contract)
				continue;
			own_effects(info, insn->value->symbol->contract);
			info->moves |= writes_guarded(link, insn);
		}
	}
}

static void read_fields(struct info *info, const struct expr *e)
{
	for (; e; e = e->a) {
		if (e->op == EXPR_FIELD)
			bit_set(&info->reads, e->field->id);
		if (e->b)
			read_fields(info, e->b);
		if (e->c)
			read_fields(info, e->c);
	}
}

/* A call that does nothing but compute. */
static bool is_pure_call(const struct insn *insn)
{
	const struct contract *contract;
	unsigned i;

	if (insn->value->op != EXPR_FUNCTION)
		return false;
	contract = insn->value->symbol->contract;
	if (!contract || !acts(contract))
		return insn->value->symbol->def != NULL;
	for (i = 0; i < contract->effects.n; i++)
		switch (contract->effects.at[i].verb) {
		case VERB_PURE: case VERB_CONTAINER: case VERB_READS:
		case VERB_RETURNS: case VERB_WARN: case VERB_ONE:
		case VERB_NEGATIVE:
			break;
		default:
			return false;
		}
	return contract->effects.n != 0;
}

#define MAX_PURE_BLOCKS	20

/* As far as its own body says; callees have a say later. */
static void own_values(struct info *info)
{
	const struct function *fn = info->fn;
	unsigned b, i, k;

	info->pure = (fn->type->kind == TYPE_POINTER ||
		      (fn->type->kind == TYPE_SCALAR && fn->type->bits)) &&
		     fn->nblocks <= MAX_PURE_BLOCKS;
	for (b = 0; b < fn->nblocks; b++) {
		read_fields(info, fn->blocks[b].cond);
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			read_fields(info, insn->value);
			for (k = 0; k < insn->nargs; k++)
				read_fields(info, insn->args[k]);
			if (insn->kind == INSN_CALL && !is_pure_call(insn))
				info->pure = false;
			if (insn->to && is_shared(insn->to))
				info->pure = false;
		}
	}
}

static void own_part(struct link *link, struct info *info)
{
	unsigned i, k, n = 1;

	for (i = 0; i < link->contracts->parts.n; i++) {
		struct part_row *row = &link->contracts->parts.at[i];

		for (k = 0; k < row->patterns.n; k++, n++) {
			if (!path_matches(row->patterns.at[k], info->fn->file))
				continue;
			info->part = n;
			info->part_mask = 1u << n;
			((struct row *)row->row)->matched = true;
		}
	}
}

static void own_nocalls(struct link *link, struct info *info)
{
	unsigned i;

	for (i = 0; i < link->contracts->nocalls.n && i < 64; i++) {
		struct nocall_row *row = &link->contracts->nocalls.at[i];

		if (row->in == info->fn->name)
			info->forbids |= 1ull << i;
		if (row->function != info->fn->name)
			continue;
		info->forbidden |= 1ull << i;
		info->reaches |= 1ull << i;
		((struct row *)row->row)->matched = true;
	}
}

static bool changed;

static void visit_callee(struct info *caller, struct info *callee)
{
	if (caller == callee)
		return;
	callee->called = true;
	if ((callee->moves && !caller->moves) ||
	    (callee->sleeps && !caller->sleeps) ||
	    (callee->moves_atomic && !caller->moves_atomic)) {
		caller->moves |= callee->moves;
		caller->sleeps |= callee->sleeps;
		caller->moves_atomic |= callee->moves_atomic;
		changed = true;
	}
	if (caller->pure && !callee->pure) {
		caller->pure = false;
		changed = true;
	}
	if (callee->reaches & ~caller->reaches) {
		caller->reaches |= callee->reaches;
		changed = true;
	}
	if (callee->part_mask & ~caller->part_mask) {
		caller->part_mask |= callee->part_mask;
		changed = true;
	}
	changed |= bits_add(&caller->touched, &callee->touched);
	changed |= bits_add(&caller->taken, &callee->taken);
	changed |= bits_add(&caller->synced, &callee->synced);
	changed |= bits_add(&caller->writes, &callee->writes);
	changed |= bits_add(&caller->reads, &callee->reads);
}

void find_reach(struct link *link)
{
	unsigned i, n;

	/* First all classes that there are, then sets of them. */
	for (i = 0; i < link->contracts->lock_types.n; i++)
		some_lock(link->contracts, link->contracts->lock_types.at[i]);
	for (i = 0; i < link->n; i++)
		visit_classes(link, info_of(link->functions[i]), visit_make);
	n = link->nclasses = known_classes = link->contracts->classes.n;
	find_tied(link);
	for (i = 0; i < link->n; i++) {
		struct info *info = info_of(link->functions[i]);

		info->touched = bits_new(n);
		info->taken = bits_new(n);
		info->synced = bits_new(n);
		info->crowded = bits_new(n);
		info->writes = bits_new(link->program->fields.n);
		info->reads = bits_new(link->program->fields.n);
		visit_classes(link, info, touch);
		own_reach(link, info);
		own_part(link, info);
		own_nocalls(link, info);
		own_values(info);
	}
	find_conflicts(link);
	do {
		changed = false;
		for (i = 0; i < link->n; i++) {
			struct info *info = link->bottom_up[i], *callee;

			each_info_called(callee, info)
				visit_callee(info, callee);
		}
	} while (changed);
	for (i = 0; i < link->n; i++) {
		struct info *info = info_of(link->functions[i]);

		info->takes_or_waits = bits_any(&info->taken) ||
				       bits_any(&info->synced);
	}
	find_balance(link);
	find_several(link);
}
