// SPDX-License-Identifier: GPL-2.0-only

#include "sites.h"
#include "reach.h"

#include <string.h>

bool has_effect(const struct insn *insn,
		bool (*asked)(const struct effect *effect))
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++)
		if (asked(&contract->effects.at[i]))
			return true;
	return false;
}

bool is_assert(const struct effect *effect)
{
	return (effect->verb == VERB_NEED || effect->verb == VERB_FORBID ||
		effect->verb == VERB_BROKEN) &&
	       !(effect->cls && effect->cls->rule);
}

static bool is_of(const struct lock_class *cls, const char *rule)
{
	return cls && cls->rule && !strcmp(cls->rule, rule);
}

static bool is_due(const struct lock_class *lock, const char *rule)
{
	unsigned i;

	for (i = 0; lock && i < lock->due.n; i++)
		if (is_of(lock->due.at[i], rule))
			return true;
	return false;
}

static bool asks_for(struct link *link, const struct insn *insn,
		     const struct effect *effect, const char *rule)
{
	const struct lock_class *cls = effect_class(link, insn, effect);

	switch (effect->verb) {
	case VERB_NEED:
	case VERB_FORBID:
	case VERB_LEND:
		return is_of(cls, rule);
	case VERB_DROP:
	case VERB_YIELD:
		return is_due(cls, rule);
	default:
		return false;
	}
}

static bool asks_in(struct link *link, const struct insn *insn,
		    const struct contract *contract, const char *rule)
{
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++)
		if (asks_for(link, insn, &contract->effects.at[i], rule))
			return true;
	return false;
}

static bool ends(const struct effect *effect, const char *rule)
{
	return effect->verb == VERB_DROP && is_of(effect->cls, rule);
}

bool ends_mark(const struct insn *insn, const char *rule)
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	for (i = 0; contract && i < contract->effects.n; i++)
		if (ends(&contract->effects.at[i], rule))
			return true;
	return false;
}

unsigned entry_sites(const struct info *info, const char *rule)
{
	unsigned i, k;

	for (i = 0; i < info->entries.n; i++)
		for (k = 0; k < info->entries.at[i]->holds.n; k++)
			if (is_of(info->entries.at[i]->holds.at[k].cls, rule))
				return 1;
	return 0;
}

bool is_protocol_site(struct link *link, const struct insn *insn,
		      const char *rule)
{
	const struct field *field = stored_field(insn);
	unsigned i;

	if (asks_in(link, insn, contract_called(insn), rule))
		return true;
	for (i = 0; field && i < link->field_ons[field->id].n; i++)
		if (link->field_ons[field->id].at[i]->event == MEMBER_STORE &&
		    asks_in(link, insn, link->field_ons[field->id].at[i]->contract,
			    rule))
			return true;
	return false;
}

static bool takes_or_drops(const struct effect *effect)
{
	return effect->verb == VERB_TAKE || effect->verb == VERB_DROP;
}

bool is_balance_site(struct link *link, const struct insn *insn,
		     const char *rule)
{
	const struct contract *contract = contract_called(insn);
	unsigned i;

	(void)link;
	for (i = 0; contract && i < contract->effects.n; i++) {
		const struct effect *effect = &contract->effects.at[i];

		if (!takes_or_drops(effect) || (effect->flavour && effect->flavour->mark))
			continue;
		if (effect->cls && effect->cls->rule
		    ? !strcmp(effect->cls->rule, rule) : !strcmp(rule, "lock-balance"))
			return true;
	}
	return false;
}

bool is_reference_site(struct link *link, const struct insn *insn,
		       const char *rule)
{
	return is_balance_site(link, insn, rule) ||
	       is_protocol_site(link, insn, rule);
}
