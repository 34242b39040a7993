// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that lock or unlock as they are told: by the text, a class that is
 * taken on one way through and dropped on another, and never both on one way.
 * Who forgot an unlock has a drop somewhere behind the take; here there is none.
 */

#include "balance.h"

#include <stdlib.h>

struct seen {
	struct bits takes, drops;
};

static uint64_t now_taken(const struct step_text *text, unsigned w)
{
	return text->takes.word[w] | text->callee_takes.word[w];
}

static uint64_t now_dropped(const struct step_text *text, unsigned w)
{
	return text->drops.word[w] | text->callee_drops.word[w];
}

/* What @text takes behind a drop, or drops behind a take, is @crossed. */
static void pass(struct seen *at, const struct step_text *text,
		 struct bits *crossed)
{
	unsigned w;

	for (w = 0; w < crossed->n; w++) {
		uint64_t takes = now_taken(text, w);
		uint64_t drops = now_dropped(text, w);

		crossed->word[w] |= (takes & at->drops.word[w]) |
				    (drops & at->takes.word[w]) |
				    text->callee_even.word[w] |
				    (text->takes.word[w] & drops) |
				    (text->drops.word[w] & takes);
		at->takes.word[w] |= takes;
		at->drops.word[w] |= drops;
	}
}

static bool pass_block(struct link *link, const struct function *fn, unsigned b,
		       struct seen *seen, struct seen *at, struct bits *crossed)
{
	const struct block *block = &fn->blocks[b];
	bool more = false;
	unsigned i;

	bits_zero(&at->takes);
	bits_zero(&at->drops);
	bits_add(&at->takes, &seen[b].takes);
	bits_add(&at->drops, &seen[b].drops);
	for (i = 0; i < block->ninsns; i++) {
		const struct step_text *text = text_of(link, fn, &block->insns[i]);

		if (text)
			pass(at, text, crossed);
	}
	for (i = 0; i < block->ntargets; i++) {
		more |= bits_add(&seen[block->targets[i].block].takes, &at->takes);
		more |= bits_add(&seen[block->targets[i].block].drops, &at->drops);
	}
	return more;
}

void find_either(struct link *link, const struct function *fn,
		 const struct bits *takes, const struct bits *drops,
		 struct bits *either)
{
	struct seen *seen = malloc((fn->nblocks + 1) * sizeof(*seen));
	struct bits crossed = bits_new(link->nclasses);
	struct seen at;
	unsigned b, w;
	bool more;

	/* The last one is for where we are. */
	for (b = 0; b <= fn->nblocks; b++) {
		seen[b].takes = bits_new(link->nclasses);
		seen[b].drops = bits_new(link->nclasses);
	}
	at = seen[fn->nblocks];
	do {
		more = false;
		for (b = 0; b < fn->nblocks; b++)
			more |= pass_block(link, fn, b, seen, &at, &crossed);
	} while (more);
	for (w = 0; w < either->n; w++)
		either->word[w] = takes->word[w] & drops->word[w] &
				  ~crossed.word[w];
	free(seen);
}
