// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which steps of a protocol go together: one is taken, or asked for, where another
 * is there. Where one is missing, the others show how far it got. A rule may have
 * several protocols that have nothing to do with each other.
 */

#include "reach.h"

static const struct lock_class *leader(const struct lock_class **of,
				       const struct lock_class *cls)
{
	while (of[cls->id] != cls)
		cls = of[cls->id];
	return cls;
}

static void tie(const struct lock_class **of, const struct lock_class *a,
		const struct lock_class *b)
{
	if (a && b && a->rule && a->rule == b->rule)
		of[leader(of, a)->id] = leader(of, b);
}

static void tie_effects(const struct lock_class **of,
			const struct contract *contract)
{
	const struct effect *effect;
	unsigned i, k;

	for (i = 0; i < contract->effects.n; i++)
		for (effect = &contract->effects.at[i]; effect;
		     effect = effect->instead) {
			tie(of, contract->effects.at[i].cls, effect->cls);
			tie(of, effect->cls, effect->when);
			tie(of, effect->cls, effect->unless);
			tie(of, effect->cls, effect->weak);
			for (k = 0; k < effect->others.n; k++)
				tie(of, effect->cls, effect->others.at[k]);
		}
}

void find_tied(struct link *link)
{
	const struct contracts *contracts = link->contracts;
	unsigned i, k, n = link->nclasses;
	const struct lock_class **of = arena_array(&run_arena,
						   const struct lock_class *, n);

	for (i = 0; i < n; i++)
		of[i] = contracts->classes.at[i];
	for (i = 0; i < contracts->functions.n; i++)
		tie_effects(of, contracts->functions.at[i]);
	for (i = 0; i < contracts->ons.n; i++)
		tie_effects(of, contracts->ons.at[i].contract);
	link->tied = arena_array(&run_arena, struct bits, n);
	for (i = 0; i < n; i++) {
		link->tied[i] = bits_new(n);
		for (k = 0; k < n; k++)
			if (leader(of, of[k]) == leader(of, of[i]))
				bit_set(&link->tied[i], k);
	}
}
