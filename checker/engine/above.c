// SPDX-License-Identifier: GPL-2.0-only
/* What callers take and drop around a call, by the text: who may be meant to pay. */

#include "balance.h"
#include "reach.h"

#include <stdlib.h>
#include <string.h>

#define FAR_UP	3		/* calls from a helper to whom it helps */

static struct balance *balances;	/* by function id */

/*
 * A call that leaves a lock held is paid for where a drop follows it and no take
 * comes between; one that leaves it dropped, where a take went before or follows.
 */
struct around {
	struct bits drop_ahead, take_ahead;	/* after a point */
	struct bits take_behind;		/* before it */
	struct bits own_behind;			/* and not dropped again */
};

static void around_new(struct around *a, unsigned n)
{
	a->drop_ahead = bits_new(n);
	a->take_ahead = bits_new(n);
	a->take_behind = bits_new(n);
	a->own_behind = bits_new(n);
}

static void step_back(struct around *at, const struct step_text *text)
{
	unsigned w;

	for (w = 0; w < text->takes.n; w++) {
		uint64_t drops = text->drops.word[w] | text->callee_drops.word[w];
		uint64_t takes = text->takes.word[w] | text->callee_takes.word[w];

		at->drop_ahead.word[w] &= ~text->takes.word[w];
		at->take_ahead.word[w] &= ~text->drops.word[w];
		at->drop_ahead.word[w] |= drops;
		at->take_ahead.word[w] |= takes;
	}
}

static void step_on(struct around *at, const struct step_text *text)
{
	unsigned w;

	for (w = 0; w < text->takes.n; w++) {
		at->take_behind.word[w] &= ~text->drops.word[w];
		at->take_behind.word[w] |= text->takes.word[w] |
					   text->callee_takes.word[w];
		at->own_behind.word[w] &= ~(text->drops.word[w] |
					    text->callee_drops.word[w]);
		at->own_behind.word[w] |= text->takes.word[w];
	}
}

static void copy_around(struct around *to, const struct around *from)
{
	bits_copy(&to->drop_ahead, &from->drop_ahead);
	bits_copy(&to->take_ahead, &from->take_ahead);
	bits_copy(&to->take_behind, &from->take_behind);
	bits_copy(&to->own_behind, &from->own_behind);
}

typedef void (*site_fn)(struct link *link, const struct function *fn,
			const struct insn *insn, const struct around *at);

/* Forward through a block; @behind, if any, gets what is begun before each call. */
static bool walk_on(struct link *link, const struct function *fn, unsigned b,
		    struct around *blocks, struct around *at, site_fn site,
		    struct bits *behind)
{
	const struct block *block = &fn->blocks[b];
	bool more = false;
	unsigned i, t;

	copy_around(at, &blocks[b]);
	for (i = 0; i < block->ninsns; i++) {
		const struct step_text *text =
			text_of(link, fn, &block->insns[i]);

		if (!text)
			continue;
		if (behind)
			bits_add(&behind[i], &at->own_behind);
		if (site && block->insns[i].kind == INSN_CALL)
			site(link, fn, &block->insns[i], at);
		step_on(at, text);
	}
	for (t = 0; t < block->ntargets; t++) {
		struct around *next = &blocks[block->targets[t].block];

		more |= bits_add(&next->take_behind, &at->take_behind);
		more |= bits_add(&next->own_behind, &at->own_behind);
	}
	return more;
}

static bool walk_back(struct link *link, const struct function *fn, unsigned b,
		      struct around *blocks, struct around *at, site_fn site,
		      struct bits *behind)
{
	const struct block *block = &fn->blocks[b];
	unsigned i, t;

	copy_around(at, &blocks[b]);
	for (t = 0; t < block->ntargets; t++) {
		const struct around *next = &blocks[block->targets[t].block];

		bits_add(&at->drop_ahead, &next->drop_ahead);
		bits_add(&at->take_ahead, &next->take_ahead);
	}
	for (i = block->ninsns; i--;) {
		const struct step_text *text =
			text_of(link, fn, &block->insns[i]);

		if (!text)
			continue;
		if (behind)
			at->own_behind = behind[i];
		if (site && block->insns[i].kind == INSN_CALL)
			site(link, fn, &block->insns[i], at);
		step_back(at, text);
	}
	return bits_add(&blocks[b].drop_ahead, &at->drop_ahead) |
	       bits_add(&blocks[b].take_ahead, &at->take_ahead);
}

static const struct around *at_site;
static struct bits counted;		/* what may be taken once more inside of itself */

/* A drop of what the caller has begun itself is for its own take. */
static void add_drops_for_others(struct bits *drops, const struct around *at)
{
	unsigned w;

	for (w = 0; w < drops->n; w++)
		drops->word[w] |= at->drop_ahead.word[w] &
				  ~(at->own_behind.word[w] & counted.word[w]);
}

static void visit_site(struct link *link, struct info *caller,
		       struct info *callee, const struct insn *insn)
{
	struct balance *mine = &balances[callee->fn->id];

	(void)link;
	(void)insn;
	if (caller == callee)
		return;
	add_drops_for_others(&mine->drop_above, at_site);
	bits_add(&mine->drops_beside, &balances[caller->fn->id].own_drops);
	bits_add(&mine->take_above, &at_site->take_ahead);
}

static void visit_behind(struct link *link, struct info *caller,
			 struct info *callee, const struct insn *insn)
{
	(void)link;
	(void)insn;
	if (caller != callee)
		bits_add(&balances[callee->fn->id].take_above,
			 &at_site->take_behind);
}

static void note_site(struct link *link, const struct function *fn,
		      const struct insn *insn, const struct around *at)
{
	at_site = at;
	each_callee(link, fn, insn, visit_site);
}

static void note_takes_behind(struct link *link, const struct function *fn,
			      const struct insn *insn, const struct around *at)
{
	at_site = at;
	each_callee(link, fn, insn, visit_behind);
}

/* Who calls, with what is ahead and behind of each call of a block. */
static void note_sites(struct link *link, const struct function *fn, unsigned b,
		       struct around *blocks, struct around *at)
{
	unsigned i, n = fn->blocks[b].ninsns;
	struct bits own = at->own_behind;
	struct bits *behind = bits_meet(&balances[fn->id].takes, &counted)
		? malloc((n + 1) * sizeof(*behind)) : NULL;

	for (i = 0; behind && i < n; i++)
		behind[i] = bits_new(link->nclasses);
	walk_on(link, fn, b, blocks, at, note_takes_behind, behind);
	walk_back(link, fn, b, blocks, at, note_site, behind);
	at->own_behind = own;
	free(behind);
}

static void find_sites(struct link *link, const struct function *fn)
{
	struct around *blocks, at;
	unsigned b;
	bool more;

	if (!info_of(fn)->moves)
		return;
	blocks = malloc((fn->nblocks + 1) * sizeof(*blocks));
	for (b = 0; b < fn->nblocks; b++)
		around_new(&blocks[b], link->nclasses);
	around_new(&at, link->nclasses);
	/* Each in the order that most blocks follow each other in. */
	do {
		more = false;
		for (b = fn->nblocks; b--;)
			more |= walk_back(link, fn, b, blocks, &at, NULL, NULL);
	} while (more);
	do {
		more = false;
		for (b = 0; b < fn->nblocks; b++)
			more |= walk_on(link, fn, b, blocks, &at, NULL, NULL);
	} while (more);
	for (b = 0; b < fn->nblocks; b++)
		note_sites(link, fn, b, blocks, &at);
	free(blocks);
}

/* What is known above each function before the level that is at work. */
static struct balance *before;

static void visit_above(struct link *link, struct info *caller,
			struct info *callee, const struct insn *insn)
{
	struct balance *mine = &balances[callee->fn->id];
	struct balance *above = &before[caller->fn->id];

	(void)link;
	(void)insn;
	if (caller == callee)
		return;
	bits_add(&mine->drop_above, &above->drop_above);
	bits_add(&mine->take_above, &above->take_above);
}

/* Who is called from out of sight, to take or to drop, may be one of a pair. */
static void find_partners(struct link *link)
{
	struct bits takes = bits_new(link->nclasses);
	struct bits drops = bits_new(link->nclasses);
	unsigned i, w;

	for (i = 0; i < link->n; i++) {
		struct balance *b = &balances[i];

		for (w = 0; !info_of(link->functions[i])->called &&
		     w < takes.n; w++) {
			takes.word[w] |= b->takes.word[w] & ~b->drops.word[w];
			drops.word[w] |= b->drops.word[w] & ~b->takes.word[w];
		}
	}
	for (i = 0; i < link->n; i++)
		if (!info_of(link->functions[i])->called) {
			bits_add(&balances[i].drop_above, &drops);
			bits_add(&balances[i].take_above, &takes);
		}
}

static void find_counted(struct link *link)
{
	unsigned i;

	counted = bits_new(link->nclasses);
	for (i = 0; i < link->nclasses; i++) {
		const struct flavour *flavour =
			link->contracts->classes.at[i]->flavour;

		if (flavour && flavour->counts)
			bit_set(&counted, i);
	}
}

void find_above(struct link *link, struct balance *all)
{
	unsigned level, i;

	balances = all;
	find_counted(link);
	for (i = 0; i < link->n; i++)
		find_sites(link, link->functions[i]);
	before = malloc((link->n + 1) * sizeof(*before));
	for (level = 1; level < FAR_UP; level++) {
		for (i = 0; i < link->n; i++) {
			before[i] = balances[i];
			before[i].drop_above = bits_new(link->nclasses);
			before[i].take_above = bits_new(link->nclasses);
			bits_add(&before[i].drop_above, &balances[i].drop_above);
			bits_add(&before[i].take_above, &balances[i].take_above);
		}
		for (i = 0; i < link->n; i++)
			each_call(link, link->functions[i], visit_above);
	}
	free(before);
	find_partners(link);
}
