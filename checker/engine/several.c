// SPDX-License-Identifier: GPL-2.0-only
/* Who drops the locks of objects that an array keeps, by the text. */

#include "several.h"
#include "reach.h"

struct several {
	struct bits drops, above;	/* itself; who calls it */
};

static struct several *several;		/* by function id */

static bool is_any_element(const struct function *fn, const struct expr *e);

/* The variable is read from an array somewhere in @fn. */
static bool walks_array(const struct function *fn, unsigned var)
{
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			if (insn->kind == INSN_ASSIGN &&
			    insn->to->op == EXPR_VAR && insn->to->var == var &&
			    insn->value->op == EXPR_INDEX &&
			    is_any_element(fn, insn->value))
				return true;
		}
	return false;
}

/* It is a pointer out of an array, and the text does not say which. */
static bool is_any_element(const struct function *fn, const struct expr *e)
{
	if (e->op == EXPR_VAR)
		return walks_array(fn, e->var);
	return e->op == EXPR_INDEX && e->b->op != EXPR_INT;
}

/* "&array[i]->lock", or "&object->lock" with the object from there. */
static bool is_of_any_element(const struct function *fn, const struct expr *lock)
{
	while (lock->op == EXPR_ADDRESS || lock->op == EXPR_FIELD)
		lock = lock->a;
	return lock->op == EXPR_DEREF && is_any_element(fn, lock->a);
}

static void read_call(struct link *link, const struct function *fn,
		      const struct insn *insn, struct bits *takes)
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		int arg = arg_index(effect->arg, insn->nargs);
		const struct lock_class *cls;

		if ((effect->verb != VERB_TAKE && effect->verb != VERB_DROP) ||
		    arg < 0 || !is_of_any_element(fn, insn->args[arg]))
			continue;
		cls = effect_class(link, insn, effect);
		if (cls && !is_late(cls))
			bit_set(effect->verb == VERB_TAKE
				? takes : &several[fn->id].drops, cls->id);
	}
}

static void read_text(struct link *link, const struct function *fn)
{
	struct bits *drops = &several[fn->id].drops;
	struct bits takes = bits_new(link->nclasses);
	unsigned b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++)
			read_call(link, fn, &fn->blocks[b].insns[i], &takes);
	for (i = 0; i < takes.n; i++)
		drops->word[i] &= ~takes.word[i];
}

static void visit_above(struct link *link, struct info *caller,
			struct info *callee, const struct insn *insn)
{
	(void)link;
	(void)insn;
	bits_add(&several[callee->fn->id].above, &several[caller->fn->id].drops);
}

void find_several(struct link *link)
{
	unsigned i;

	several = arena_array(&run_arena, struct several, link->n + 1);
	for (i = 0; i < link->n; i++) {
		several[i].drops = bits_new(link->nclasses);
		several[i].above = bits_new(link->nclasses);
		if (info_of(link->functions[i])->moves)
			read_text(link, link->functions[i]);
	}
	for (i = 0; i < link->n; i++)
		if (info_of(link->functions[i])->moves)
			each_call(link, link->functions[i], visit_above);
}

bool drops_several(const struct function *fn, const struct lock_class *cls)
{
	return !is_late(cls) && bit_get(&several[fn->id].drops, cls->id);
}

bool takes_for_several(const struct function *fn, const struct lock_class *cls)
{
	return !is_late(cls) && bit_get(&several[fn->id].above, cls->id);
}
