// SPDX-License-Identifier: GPL-2.0-only
/* Rows about functions: "fn NAME(PARAMETERS) EFFECTS". */

#include "contract_read.h"

#include <string.h>

static int param_index(struct reader *r, const char *name)
{
	unsigned i;

	if (!strcmp(name, "ret"))
		return ARG_RETURN;
	for (i = 0; i < r->nparams; i++)
		if (r->params[i] == name)
			return i < r->rest ? (int)i
			       : ARG_LAST - (int)(r->nparams - 1 - i);
	return ARG_NONE;
}

/* "ret", "!ret", "ret == N", "ret < N", "flags & N" */
static bool read_condition(struct reader *r, struct effect *effect)
{
	const char *who = word_next(r), *op;

	if (!who)
		return expects(r, "a condition after 'if'");
	effect->cond = COND_TRUE;
	if (who[0] == '!') {
		effect->cond = COND_FALSE;
		who = intern(who + 1);
	}
	if (who[0] == '*') {
		effect->cond_deref = true;
		who = intern(who + 1);
	}
	effect->cond_arg = param_index(r, who);
	if (effect->cond_arg == ARG_NONE) {
		r->at--;
		return expects(r, "a parameter or ret");
	}
	if (r->at >= r->n || !strcmp(r->words[r->at], ";"))
		return true;
	op = word_next(r);
	if (!strcmp(op, "=="))
		effect->cond = COND_EQ;
	else if (!strcmp(op, "!="))
		effect->cond = COND_NE;
	else if (!strcmp(op, "<"))
		effect->cond = COND_LT;
	else if (!strcmp(op, ">="))
		effect->cond = COND_GE;
	else if (!strcmp(op, "&"))
		effect->cond = COND_MASK;
	else if (!strcmp(op, "!&"))
		effect->cond = COND_NO_MASK;
	else {
		r->at--;
		return expects(r, "==, !=, <, >=, & or !&");
	}
	op = word_next(r);
	if (!op || !word_number(op, &effect->cond_value)) {
		r->at -= !!op;
		return expects(r, "a number");
	}
	return true;
}

static const struct {
	const char *word;
	enum verb verb;
	bool operand;		/* names a lock, or an argument */
} verbs[] = {
	{ "take", VERB_TAKE, true },
	{ "drop", VERB_DROP, true },
	{ "yield", VERB_YIELD, true },
	{ "need", VERB_NEED, true },
	{ "forbid", VERB_FORBID, true },
	{ "test", VERB_TEST, true },
	{ "broken", VERB_BROKEN, false },
	{ "unreached", VERB_UNREACHED, false },
	{ "sleep", VERB_SLEEP, false },
	{ "reclaim", VERB_SLEEP, false },
	{ "alone", VERB_ALONE, false },
	{ "warn", VERB_WARN, false },
	{ "zero", VERB_ZERO, true },
	{ "sync", VERB_SYNC, true },
	{ "reread", VERB_REREAD, true },
	{ "writes", VERB_WRITES, true },
	{ "container", VERB_CONTAINER, true },
	{ "pure", VERB_PURE, false },
	{ "fresh", VERB_FRESH, false },
	{ "returns", VERB_RETURNS, true },
	{ "one", VERB_ONE, false },
	{ "negative", VERB_NEGATIVE, true },
	{ "reads", VERB_READS, true },
	{ "inatomic", VERB_INATOMIC, false },
	{ "empty", VERB_EMPTY, true },
	{ "finds", VERB_FINDS, true },
	{ "lend", VERB_LEND, true },
	{ "keep", VERB_KEEP, true },
};

static bool read_operand(struct reader *r, struct effect *effect)
{
	const char *name = word_next(r);

	if (!name)
		return expects(r, "a parameter or a lock");
	effect->arg = param_index(r, name);
	if (effect->arg != ARG_NONE)
		return true;
	/* "rcu" is a lock that has no place; "kvm.slots_lock" any of its class. */
	effect->flavour = flavour_of(r->contracts, name);
	if (effect->flavour && !effect->flavour->reentrant) {
		r->at--;
		return expects(r, "the lock before its flavour");
	}
	if (!effect->flavour && !strchr(name, '.')) {
		r->at--;
		return expects(r, "a parameter, RECORD.FIELD or a flavour without a place");
	}
	effect->cls = lock_class(r->contracts, name);
	if (effect->flavour)
		((struct lock_class *)effect->cls)->flavour = effect->flavour;
	return true;
}

/* A class by name, behind a word that asks for one. */
static const struct lock_class *read_class(struct reader *r)
{
	const char *name = word_next(r);

	if (name && strchr(name, '.'))
		return lock_class(r->contracts, name);
	r->at -= !!name;
	expects(r, "the RECORD.FIELD that is held");
	return NULL;
}

static bool read_modifier(struct reader *r, struct effect *effect)
{
	const struct lock_class *cls;
	const char *word;

	if (word_is(r, "read")) {
		effect->mode = MODE_READ;
	} else if (word_is(r, "write")) {
		effect->mode = MODE_WRITE;
	} else if (word_is(r, "any")) {
		effect->mode = MODE_ANY;
	} else if (word_is(r, "whole")) {
		effect->whole = true;
	} else if (word_is(r, "try")) {
		effect->tries = true;
	} else if (word_is(r, "after")) {
		effect->after = true;
	} else if (word_is(r, "as")) {
		return (effect->cls = read_class(r)) != NULL;
	} else if (word_is(r, "when")) {
		return (effect->when = read_class(r)) != NULL;
	} else if (word_is(r, "own")) {
		effect->own = true;
		if (effect->arg == ARG_NONE)
			return expects(r, "a parameter before 'own'");
	} else if (word_is(r, "unless")) {
		return (effect->unless = read_class(r)) != NULL;
	} else if (word_is(r, "where")) {
		word = word_next(r);
		effect->where_false = word && word[0] == '!';
		effect->where_arg = word ? param_index(r, intern(word +
						effect->where_false)) : ARG_NONE;
		if (effect->where_arg < 0 && effect->where_arg > ARG_LAST)
			return expects(r, "a parameter that is true or false");
	} else if (word_is(r, "weak")) {
		return (effect->weak = read_class(r)) != NULL;
	} else if (word_is(r, "or")) {
		cls = read_class(r);
		if (cls)
			VEC_PUSH(&effect->others, cls);
		return cls != NULL;
	} else if (word_is(r, "mode")) {
		word = word_next(r);
		effect->mode_arg = word ? param_index(r, word) : ARG_NONE;
		if (effect->mode_arg == ARG_NONE)
			return expects(r, "the parameter that says read");
	} else {
		effect->flavour = flavour_of(r->contracts, r->words[r->at]);
		if (!effect->flavour)
			return expects(r, "a flavour, read, write, any, as, or, weak, when, unless, where, after, own, try, whole, mode or if");
		r->at++;
	}
	return true;
}

static bool read_effect(struct reader *r, struct contract *contract)
{
	struct effect effect = {
		.arg = ARG_NONE, .mode_arg = ARG_NONE, .row = r->row,
		.where_arg = ARG_NONE,
		.mode = MODE_NONE,
	};
	const char *word = word_next(r);
	unsigned i;

	if (word && !strcmp(word, "opaque")) {
		contract->opaque = true;
		return true;
	}
	if (word && !strcmp(word, "noreturn")) {
		contract->noreturn = true;
		return true;
	}
	if (word && !strcmp(word, "none"))
		return true;
	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (word && !strcmp(word, verbs[i].word))
			break;
	if (i == ARRAY_SIZE(verbs)) {
		r->at -= !!word;
		return expects(r, "what the function does (take, drop, yield, need, sleep, ...)");
	}
	effect.verb = verbs[i].verb;
	effect.reclaims = !strcmp(word, "reclaim");
	if (verbs[i].operand && !read_operand(r, &effect))
		return false;
	if (effect.verb == VERB_LEND && (!effect.cls || !is_loan(effect.cls))) {
		r->at--;
		return expects(r, "a mark that 'lasts with' a lock");
	}
	while (r->at < r->n && strcmp(r->words[r->at], ";")) {
		if (word_is(r, "if")) {
			if (!read_condition(r, &effect))
				return false;
			break;
		}
		if (!read_modifier(r, &effect))
			return false;
	}
	if (effect.mode == MODE_NONE)
		effect.mode = effect.verb == VERB_NEED ||
			      effect.verb == VERB_TEST ||
			      effect.verb == VERB_FORBID ? MODE_ANY : MODE_WRITE;
	/* Of a step or a debt it is enough to know the name. */
	if (effect.cls && effect.cls->mark_row && !effect.flavour)
		effect.flavour = effect.cls->flavour;
	VEC_PUSH(&contract->effects, effect);
	return true;
}

static bool read_params(struct reader *r)
{
	const char *word;

	r->nparams = 0;
	r->rest = ARRAY_SIZE(r->params);
	if (!word_is(r, "("))
		return expects(r, "'(' and the parameters");
	while (!word_is(r, ")")) {
		if (r->nparams && !word_is(r, ","))
			return expects(r, "',' or ')'");
		word = word_next(r);
		if (!word || r->nparams == ARRAY_SIZE(r->params))
			return expects(r, "a parameter's name");
		if (!strcmp(word, "..."))
			r->rest = r->nparams;
		else
			r->params[r->nparams++] = word;
	}
	return true;
}

/* fn NAME[, NAME ...](PARAMS) EFFECT [; EFFECT ...] */
bool read_fn(struct reader *r)
{
	const char *names[MAX_WORDS];
	struct contract *contract;
	unsigned n = 0, i;

	do {
		names[n] = word_next(r);
		if (!names[n])
			return expects(r, "'fn NAME(PARAMETERS) EFFECTS'");
		n++;
	} while (word_is(r, ","));
	if (!read_params(r))
		return false;
	contract = arena_new(&run_arena, struct contract);
	contract->row = r->row;
	contract->name = names[0];
	do {
		if (!read_effect(r, contract))
			return false;
	} while (word_is(r, ";"));
	for (i = 0; i < n; i++)
		if (!contract_add(r, contract, names[i]))
			return false;
	VEC_PUSH(&r->contracts->functions, contract);
	return true;
}


/* also NAME(PARAMS) EFFECT [; EFFECT ...]: more of a function with a row, or none */
bool read_also(struct reader *r)
{
	const char *names[MAX_WORDS];
	struct contract more = { .row = r->row };
	unsigned n = 0, i, k;

	do {
		names[n] = word_next(r);
		if (!names[n])
			return expects(r, "'also NAME(PARAMETERS) EFFECTS'");
		n++;
	} while (word_is(r, ","));
	if (!read_params(r))
		return false;
	do {
		if (!read_effect(r, &more))
			return false;
	} while (word_is(r, ";"));
	for (i = 0; i < n; i++) {
		const struct contract *was = contract_of(r->contracts, names[i]);
		struct contract *now = arena_new(&run_arena, struct contract);

		now->row = was ? was->row : r->row;
		now->name = names[i];
		now->opaque = more.opaque || (was && was->opaque);
		now->noreturn = more.noreturn || (was && was->noreturn);
		for (k = 0; was && k < was->effects.n; k++)
			VEC_PUSH(&now->effects, was->effects.at[k]);
		for (k = 0; k < more.effects.n; k++)
			VEC_PUSH(&now->effects, more.effects.at[k]);
		contract_put(r, now, names[i]);
		VEC_PUSH(&r->contracts->functions, now);
	}
	return true;
}

/* on store|load|read|test RECORD.FIELD(OBJECT, VALUE) EFFECT [; EFFECT ...] */
bool read_on(struct reader *r)
{
	struct on_row on = { 0 };
	struct contract *contract = arena_new(&run_arena, struct contract);

	if (word_is(r, "store"))
		on.event = MEMBER_STORE;
	else if (word_is(r, "test"))
		on.event = MEMBER_TEST;
	else if (word_is(r, "load"))
		on.event = MEMBER_LOAD;
	else if (word_is(r, "read"))
		on.event = MEMBER_READ;
	else
		return expects(r, "'on store RECORD.FIELD(OBJECT, VALUE)', 'on load ...', 'on read ...' or 'on test ...'");
	on.key = word_next(r);
	if (!on.key || !strchr(on.key, '.'))
		return expects(r, "RECORD.FIELD");
	r->row->subject = on.key;
	if (!read_params(r))
		return false;
	contract->row = r->row;
	contract->name = on.key;
	do {
		if (!read_effect(r, contract))
			return false;
	} while (word_is(r, ";"));
	on.contract = contract;
	VEC_PUSH(&r->contracts->ons, on);
	return true;
}
