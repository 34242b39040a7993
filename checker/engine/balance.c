// SPDX-License-Identifier: GPL-2.0-only
/* What functions take and leave to others to drop, by the text. */

#include "balance.h"
#include "reach.h"

#include <stdlib.h>
#include <string.h>

static struct balance *balances;	/* by function id */
static struct step_text text;
static const struct lock_class **wild;	/* by class: a lock of its type */

/* Only in a section, or of an object, that few who get here have. */
static bool is_gated(const struct effect *effect, const struct lock_class *cls)
{
	return effect->own || effect->unless ||
	       (effect->when && effect->when != cls) ||
	       (is_resource(cls) && cls->flavour->idle);
}

/* What one instruction takes or drops itself; if @sure, wherever it is met. */
static void own_effects(struct link *link, const struct function *fn,
			const struct insn *insn, bool sure,
			struct bits *takes, struct bits *drops)
{
	const struct contract *contract = contract_called(insn);
	const struct lock_class *cls;
	int way = counts(link, insn);
	unsigned i;

	if (way)
		bit_set(way > 0 ? takes : drops,
			lock_class(link->contracts, stored_field(insn)->key)->id);
	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];
		int arg = arg_index(effect->arg, insn->nargs);

		if ((effect->verb != VERB_TAKE && effect->verb != VERB_DROP) ||
		    (effect->flavour && effect->flavour->mark))
			continue;
		cls = effect_class(link, insn, effect);
		if (!cls && arg >= 0 && is_filled_in(fn, insn->args[arg]))
			continue;
		if (!cls)
			cls = some_lock_of(link, arg >= 0
					   ? insn->args[arg]->type : NULL);
		if (sure && is_gated(effect, cls))
			continue;
		bit_set(effect->verb == VERB_TAKE ? takes : drops, cls->id);
	}
}

/* Neither it nor a callee takes or drops. */
static bool is_silent(const struct link *link, const struct insn *insn)
{
	return insn->kind != INSN_CALL && !counts(link, insn);
}

static void settle(struct link *link, struct info *info);

/* What is both taken and dropped there is even there, unless it is as we say. */
static void add_net(struct bits *takes, struct bits *drops,
		    const struct bits *their_takes,
		    const struct bits *their_drops, const struct bits *either)
{
	unsigned i;

	for (i = 0; i < takes->n; i++) {
		uint64_t both = their_takes->word[i] & their_drops->word[i] &
				~either->word[i];

		takes->word[i] |= their_takes->word[i] & ~both;
		drops->word[i] |= their_drops->word[i] & ~both;
	}
}

/* Callees first; one that is being settled calls itself by a detour. */
static void visit_net(struct link *link, struct info *caller,
		      struct info *callee, const struct insn *insn)
{
	struct balance *mine = &balances[caller->fn->id];
	struct balance *theirs = &balances[callee->fn->id];

	if (insn->value->op != EXPR_FUNCTION)
		return;
	settle(link, callee);
	if (theirs->net)
		add_net(&mine->takes, &mine->drops, &theirs->takes,
			&theirs->drops, &theirs->either);
	if (theirs->sure_net)
		add_net(&mine->sure_takes, &mine->sure_drops,
			&theirs->sure_takes, &theirs->sure_drops,
			&theirs->either);
}

static bool are_same(const struct bits *a, const struct bits *b)
{
	return !memcmp(a->word, b->word, a->n * sizeof(uint64_t));
}

static void settle(struct link *link, struct info *info)
{
	struct balance *mine = &balances[info->fn->id];

	if (mine->begun)
		return;
	mine->begun = true;
	each_call(link, info->fn, visit_net);
	if (bits_meet(&mine->takes, &mine->drops))
		find_either(link, info->fn, &mine->takes, &mine->drops,
			    &mine->either);
	mine->net = !are_same(&mine->takes, &mine->drops) ||
		    bits_any(&mine->either);
	mine->sure_net = !are_same(&mine->sure_takes, &mine->sure_drops) ||
			 bits_any(&mine->either);
}

/* What is kept where @block ends, of what was on the way there. */
static void keep_block(struct link *link, const struct function *fn,
		       const struct block *block, struct bits *kept)
{
	unsigned i, w;

	for (i = 0; i < block->ninsns; i++) {
		if (is_silent(link, &block->insns[i]))
			continue;
		bits_zero(&text.takes);
		bits_zero(&text.drops);
		own_effects(link, fn, &block->insns[i], false, &text.takes,
			    &text.drops);
		for (w = 0; w < kept->n; w++)
			kept->word[w] = (kept->word[w] & ~text.drops.word[w]) |
					text.takes.word[w];
	}
}

/* A lock that is dropped on one way out, and on another is left to the caller. */
static void find_kept(struct link *link, const struct function *fn,
		      struct balance *mine)
{
	struct bits *kept = malloc((fn->nblocks + 1) * sizeof(*kept));
	struct bits at = bits_new(link->nclasses);
	unsigned b, t;
	bool more;

	for (b = 0; b < fn->nblocks; b++)
		kept[b] = bits_new(link->nclasses);
	do {
		more = false;
		for (b = 0; b < fn->nblocks; b++) {
			const struct block *block = &fn->blocks[b];

			bits_zero(&at);
			bits_add(&at, &kept[b]);
			keep_block(link, fn, block, &at);
			for (t = 0; t < block->ntargets; t++)
				more |= bits_add(&kept[block->targets[t].block],
						 &at);
			if (!block->ntargets)
				bits_add(&mine->surplus, &at);
		}
	} while (more);
	free(kept);
}

static void add_places(int *places, const struct bits *classes, int more)
{
	unsigned w;

	for (w = 0; w < classes->n; w++)
		for (uint64_t left = classes->word[w]; left; left &= left - 1)
			places[w * 64 + __builtin_ctzll(left)] += more;
}

static void own_text(struct link *link, const struct function *fn)
{
	struct balance *mine = &balances[fn->id];
	struct bits takes = bits_new(link->nclasses);
	struct bits drops = bits_new(link->nclasses);
	int *places = calloc(link->nclasses, sizeof(*places));
	unsigned b, i, c;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			if (is_silent(link, &fn->blocks[b].insns[i]))
				continue;
			bits_zero(&takes);
			bits_zero(&drops);
			own_effects(link, fn, &fn->blocks[b].insns[i], true,
				    &mine->sure_takes, &mine->sure_drops);
			own_effects(link, fn, &fn->blocks[b].insns[i], false,
				    &takes, &drops);
			bits_add(&mine->takes, &takes);
			bits_add(&mine->drops, &drops);
			add_places(places, &takes, 1);
			add_places(places, &drops, -1);
		}
	bits_add(&mine->own_drops, &mine->drops);
	for (c = 0; c < link->nclasses; c++)
		if (places[c] > 0)
			bit_set(&mine->surplus, c);
	free(places);
	if (bits_meet(&mine->takes, &mine->drops))
		find_kept(link, fn, mine);
}

static void visit_step(struct link *link, struct info *caller,
		       struct info *callee, const struct insn *insn)
{
	const struct balance *b = &balances[callee->fn->id];
	unsigned w;

	(void)link;
	(void)insn;
	if (caller == callee)
		return;
	bits_add(&text.callee_takes, &b->surplus);
	if (!b->net)
		return;
	for (w = 0; w < b->takes.n; w++) {
		uint64_t even = b->takes.word[w] & b->drops.word[w] &
				~b->either.word[w];

		text.callee_takes.word[w] |= b->takes.word[w] & ~even;
		text.callee_drops.word[w] |= b->drops.word[w] & ~even;
		text.callee_even.word[w] |= even;
	}
}

const struct step_text *text_of(struct link *link, const struct function *fn,
				const struct insn *insn)
{
	if (is_silent(link, insn))
		return NULL;
	bits_zero(&text.takes);
	bits_zero(&text.drops);
	bits_zero(&text.callee_takes);
	bits_zero(&text.callee_drops);
	bits_zero(&text.callee_even);
	own_effects(link, fn, insn, false, &text.takes, &text.drops);
	if (insn->kind == INSN_CALL)
		each_callee(link, fn, insn, visit_step);
	return &text;
}

/* One of a unit's own, too. */
static const struct global *any_global(const struct program *program,
				       const char *name)
{
	unsigned i;

	for (i = 0; i < program->globals.n; i++)
		if (program->globals.at[i]->name == name)
			return program->globals.at[i];
	return NULL;
}

void find_balance(struct link *link)
{
	unsigned n = link->nclasses, i;

	wild = arena_array(&run_arena, const struct lock_class *, n);
	for (i = 0; i < n; i++) {
		const char *name = link->contracts->classes.at[i]->name;
		const struct field *field = program_field(link->program, name);
		const struct global *global = any_global(link->program, name);

		wild[i] = some_lock_of(link, field ? field->type
				       : global ? global->type : NULL);
	}
	text.takes = bits_new(n);
	text.drops = bits_new(n);
	text.callee_takes = bits_new(n);
	text.callee_drops = bits_new(n);
	text.callee_even = bits_new(n);
	balances = arena_array(&run_arena, struct balance, link->n + 1);
	for (i = 0; i < link->n; i++) {
		balances[i].takes = bits_new(n);
		balances[i].drops = bits_new(n);
		balances[i].sure_takes = bits_new(n);
		balances[i].sure_drops = bits_new(n);
		balances[i].either = bits_new(n);
		balances[i].surplus = bits_new(n);
		balances[i].drop_above = bits_new(n);
		balances[i].take_above = bits_new(n);
		balances[i].own_drops = bits_new(n);
		balances[i].drops_beside = bits_new(n);
		own_text(link, link->functions[i]);
	}
	for (i = 0; i < link->n; i++)
		settle(link, info_of(link->functions[i]));
	for (i = 0; i < link->n; i++)
		info_of(link->functions[i])->precise =
			balances[i].sure_net;
	find_above(link, balances);
}

const struct balance *balance_of(const struct function *fn)
{
	return &balances[fn->id];
}

bool speaks_of(const struct bits *set, const struct lock_class *cls)
{
	return bit_get(set, cls->id) || bit_get(set, wild[cls->id]->id);
}
