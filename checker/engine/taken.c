// SPDX-License-Identifier: GPL-2.0-only
/* Locks by the text: of which type, and where one function takes and drops them,
 * before an instruction and behind it. */

#include "balance.h"

#include <stdio.h>

const struct lock_class *some_lock(struct contracts *contracts,
				   const char *type)
{
	char name[200];

	snprintf(name, sizeof(name), "a %s", type);
	return lock_class(contracts, name);
}

const struct lock_class *some_lock_of(struct link *link,
				      const struct type *type)
{
	struct contracts *contracts = link->contracts;
	unsigned i;

	while (type && (type->kind == TYPE_ARRAY || type->kind == TYPE_POINTER))
		type = type->to;
	for (i = 0; type && i < contracts->lock_types.n; i++)
		if (contracts->lock_types.at[i] == type->name)
			return some_lock(contracts, type->name);
	return contracts->some;
}

/* A call that is given the address of the local variable @var, out of sight. */
static bool fills_in(const struct insn *insn, unsigned var)
{
	unsigned i;

	if (insn->kind != INSN_CALL || insn->value->op != EXPR_FUNCTION ||
	    insn->value->symbol->def)
		return false;
	for (i = 0; i < insn->nargs; i++)
		if (insn->args[i]->op == EXPR_ADDRESS &&
		    insn->args[i]->a->op == EXPR_VAR &&
		    insn->args[i]->a->var == var)
			return true;
	return false;
}

bool is_filled_in(const struct function *fn, const struct expr *lock)
{
	unsigned b, i;

	if (lock->op != EXPR_VAR || lock->var < fn->nparams)
		return false;
	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			if (fills_in(&fn->blocks[b].insns[i], lock->var))
				return true;
	return false;
}

static bool takes(const struct step_text *text, const struct lock_class *cls)
{
	return text && (speaks_of(&text->takes, cls) ||
			speaks_of(&text->callee_takes, cls));
}

static bool drops(const struct step_text *text, const struct lock_class *cls)
{
	return text && (speaks_of(&text->drops, cls) ||
			speaks_of(&text->callee_drops, cls));
}

/* Going on from a take: true if the way gets to @insn. */
static bool gets_to(const struct function *fn, unsigned b, unsigned from,
		    const struct insn *insn, struct bits *seen)
{
	const struct block *block = &fn->blocks[b];
	unsigned i;

	for (i = from; i < block->ninsns; i++)
		if (&block->insns[i] == insn)
			return true;
	for (i = 0; i < block->ntargets; i++)
		if (bit_set(seen, block->targets[i].block) &&
		    gets_to(fn, block->targets[i].block, 0, insn, seen))
			return true;
	return false;
}

/* Going on from @insn: true if a take of @cls comes before any drop of it. */
static bool goes_to_take(struct link *link, const struct function *fn,
			 unsigned b, unsigned from,
			 const struct lock_class *cls, struct bits *seen)
{
	const struct block *block = &fn->blocks[b];
	unsigned i;

	for (i = from; i < block->ninsns; i++) {
		const struct step_text *text = text_of(link, fn, &block->insns[i]);

		if (drops(text, cls))
			return false;
		if (text && speaks_of(&text->takes, cls))
			return true;
	}
	for (i = 0; i < block->ntargets; i++)
		if (bit_set(seen, block->targets[i].block) &&
		    goes_to_take(link, fn, block->targets[i].block, 0, cls, seen))
			return true;
	return false;
}

static unsigned block_of(const struct function *fn, const struct insn *insn)
{
	unsigned b = 0;

	while (insn < fn->blocks[b].insns ||
	       insn >= fn->blocks[b].insns + fn->blocks[b].ninsns)
		b++;
	return b;
}

bool is_taken_behind(struct link *link, const struct function *fn,
		     const struct insn *insn, const struct lock_class *cls)
{
	struct bits seen = bits_new(fn->nblocks);
	unsigned b = block_of(fn, insn);

	return goes_to_take(link, fn, b, insn - fn->blocks[b].insns + 1, cls,
			    &seen);
}

static bool follows(const struct function *fn, const struct insn *first,
		    const struct insn *then, struct bits *seen)
{
	unsigned b = block_of(fn, first);

	return gets_to(fn, b, first - fn->blocks[b].insns + 1, then, seen);
}

bool is_taken_before(struct link *link, const struct function *fn,
		     const struct insn *insn, const struct lock_class *cls)
{
	struct bits seen = bits_new(fn->nblocks);
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct step_text *text =
				text_of(link, fn, &fn->blocks[b].insns[i]);

			if (takes(text, cls) &&
			    gets_to(fn, b, i + 1, insn, &seen))
				return true;
		}
	return false;
}

bool is_dropped_in_loop(struct link *link, const struct function *fn,
			const struct insn *insn, const struct lock_class *cls)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			struct bits there = bits_new(fn->nblocks);
			struct bits back = bits_new(fn->nblocks);
			const struct insn *drop = &fn->blocks[b].insns[i];

			if (drops(text_of(link, fn, drop), cls) &&
			    gets_to(fn, b, i + 1, insn, &there) &&
			    follows(fn, insn, drop, &back))
				return true;
		}
	return false;
}
