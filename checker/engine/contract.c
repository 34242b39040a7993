// SPDX-License-Identifier: GPL-2.0-only
/* The text of a contract file to rows. */

#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

struct named {
	const char *name;
	void *value;
	UT_hash_handle hh;
};

struct contract_tables {
	struct named *flavours, *classes, *functions;
};

struct contracts *contracts_new(void)
{
	struct contracts *c = arena_new(&run_arena, struct contracts);

	c->tables = arena_new(&run_arena, struct contract_tables);
	return c;
}

static void *find(struct named *table, const char *name)
{
	struct named *entry;

	HASH_FIND_PTR(table, &name, entry);
	return entry ? entry->value : NULL;
}

static void add(struct named **table, const char *name, void *value)
{
	struct named *entry = arena_new(&run_arena, struct named);

	entry->name = name;
	entry->value = value;
	HASH_ADD_PTR(*table, name, entry);
}

struct contract *contract_of(struct contracts *contracts, const char *name)
{
	return find(contracts->tables->functions, intern(name));
}

const struct flavour *flavour_of(struct contracts *contracts, const char *name)
{
	return find(contracts->tables->flavours, intern(name));
}

struct lock_class *lock_class(struct contracts *contracts, const char *name)
{
	struct lock_class *cls;

	name = intern(name);
	cls = find(contracts->tables->classes, name);
	if (cls)
		return cls;
	cls = arena_new(&run_arena, struct lock_class);
	cls->name = name;
	cls->id = contracts->classes.n;
	VEC_PUSH(&contracts->classes, cls);
	add(&contracts->tables->classes, name, cls);
	return cls;
}

/* Reading */

#define MAX_WORDS	64

struct reader {
	struct contracts *contracts;
	const char *file;
	unsigned line;
	struct error *err;
	struct row *row;
	const char *words[MAX_WORDS];
	unsigned n, at;
	const char *params[16];		/* of the function of this row */
	unsigned nparams;
	unsigned rest;			/* from there on they are the last ones */
};

static bool fail(struct reader *r, const char *expected)
{
	return error_set(r->err, "%s:%u: expected %s%s%s%s", r->file, r->line,
			 expected, r->at < r->n ? ", found '" : "",
			 r->at < r->n ? r->words[r->at] : "",
			 r->at < r->n ? "'" : "");
}

static bool is(struct reader *r, const char *word)
{
	if (r->at >= r->n || strcmp(r->words[r->at], word))
		return false;
	r->at++;
	return true;
}

static const char *next(struct reader *r)
{
	return r->at < r->n ? r->words[r->at++] : NULL;
}

/* Words are separated by blanks; each of ( ) , ; : | + = < is one by itself. */
static bool split(struct reader *r, char *text)
{
	static const char marks[] = "(),;|+=<";
	char *at = text;

	r->n = r->at = 0;
	while (*at) {
		size_t len;

		at += strspn(at, " \t\r");
		if (!*at)
			break;
		if (r->n == MAX_WORDS)
			return fail(r, "a shorter row");
		if (strchr(marks, *at)) {
			len = 1;
			if ((at[0] == '<' || at[0] == '=') && at[1] == '=')
				len = 2;
		} else {
			len = strcspn(at, " \t\r(),;|+=<");
			/* "!=" and ">=" keep their "=" */
			if ((at[0] == '!' || at[0] == '>') && len == 1 &&
			    at[1] == '=')
				len = 2;
		}
		r->words[r->n++] = intern_n(at, len);
		at += len;
	}
	return true;
}

static bool read_flavour(struct reader *r)
{
	const char *name = next(r);
	struct flavour *flavour;

	if (!name)
		return fail(r, "'flavour NAME [atomic] [sleeps] [counts] [shared] [reentrant] [counted] [loose] [idle]'");
	if (find(r->contracts->tables->flavours, name))
		return error_set(r->err, "%s:%u: flavour %s is there already",
				 r->file, r->line, name);
	flavour = arena_new(&run_arena, struct flavour);
	flavour->name = name;
	while (r->at < r->n) {
		if (is(r, "atomic"))
			flavour->atomic = true;
		else if (is(r, "sleeps"))
			flavour->sleeps = true;
		else if (is(r, "counts"))
			flavour->counts = true;
		else if (is(r, "reentrant"))
			flavour->reentrant = true;
		else if (is(r, "shared"))
			flavour->shared = true;
		else if (is(r, "counted"))
			flavour->counted = true;
		else if (is(r, "idle"))
			flavour->idle = true;
		else if (is(r, "loose"))
			flavour->loose = true;
		else
			return fail(r, "atomic, sleeps, counts, shared, reentrant, counted, loose or idle");
	}
	r->row->matched = true;
	VEC_PUSH(&r->contracts->flavours, flavour);
	add(&r->contracts->tables->flavours, name, flavour);
	return true;
}

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

static bool read_number(const char *text, int64_t *value)
{
	char *end;

	*value = strtoll(text, &end, 0);
	return end != text && !*end;
}

/* "ret", "!ret", "ret == N", "ret < N", "flags & N" */
static bool read_condition(struct reader *r, struct effect *effect)
{
	const char *who = next(r), *op;

	if (!who)
		return fail(r, "a condition after 'if'");
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
		return fail(r, "a parameter or ret");
	}
	if (r->at >= r->n || !strcmp(r->words[r->at], ";"))
		return true;
	op = next(r);
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
	else {
		r->at--;
		return fail(r, "==, !=, <, >= or &");
	}
	op = next(r);
	if (!op || !read_number(op, &effect->cond_value)) {
		r->at -= !!op;
		return fail(r, "a number");
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
	{ "sleep", VERB_SLEEP, false },
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
	{ "reads", VERB_READS, true },
	{ "inatomic", VERB_INATOMIC, false },
	{ "empty", VERB_EMPTY, true },
	{ "finds", VERB_FINDS, true },
};

static bool read_operand(struct reader *r, struct effect *effect)
{
	const char *name = next(r);

	if (!name)
		return fail(r, "a parameter or a lock");
	effect->arg = param_index(r, name);
	if (effect->arg != ARG_NONE)
		return true;
	/* "rcu" is a lock that has no place; "kvm.slots_lock" any of its class. */
	effect->flavour = find(r->contracts->tables->flavours, name);
	if (effect->flavour && !effect->flavour->reentrant) {
		r->at--;
		return fail(r, "the lock before its flavour");
	}
	if (!effect->flavour && !strchr(name, '.')) {
		r->at--;
		return fail(r, "a parameter, RECORD.FIELD or a flavour without a place");
	}
	effect->cls = lock_class(r->contracts, name);
	if (effect->flavour)
		((struct lock_class *)effect->cls)->flavour = effect->flavour;
	return true;
}

static bool read_effect(struct reader *r, struct contract *contract)
{
	struct effect effect = {
		.arg = ARG_NONE, .mode_arg = ARG_NONE, .row = r->row,
		.mode = MODE_NONE,
	};
	const char *word = next(r);
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
		return fail(r, "what the function does (take, drop, yield, need, sleep, ...)");
	}
	effect.verb = verbs[i].verb;
	if (verbs[i].operand && !read_operand(r, &effect))
		return false;
	while (r->at < r->n && strcmp(r->words[r->at], ";")) {
		const struct flavour *flavour;

		if (is(r, "if")) {
			if (!read_condition(r, &effect))
				return false;
			break;
		}
		if (is(r, "read")) {
			effect.mode = MODE_READ;
		} else if (is(r, "write")) {
			effect.mode = MODE_WRITE;
		} else if (is(r, "any")) {
			effect.mode = MODE_ANY;
		} else if (is(r, "as")) {
			word = next(r);
			if (!word || !strchr(word, '.'))
				return fail(r, "the RECORD.FIELD that the lock is");
			effect.cls = lock_class(r->contracts, word);
		} else if (is(r, "whole")) {
			effect.whole = true;
		} else if (is(r, "try")) {
			effect.tries = true;
		} else if (is(r, "mode")) {
			word = next(r);
			effect.mode_arg = word ? param_index(r, word) : ARG_NONE;
			if (effect.mode_arg == ARG_NONE)
				return fail(r, "the parameter that says read");
		} else {
			flavour = find(r->contracts->tables->flavours,
				       r->words[r->at]);
			if (!flavour)
				return fail(r, "a flavour, read, write, any, as, try, whole, mode or if");
			effect.flavour = flavour;
			r->at++;
		}
	}
	if (effect.mode == MODE_NONE)
		effect.mode = effect.verb == VERB_NEED ||
			      effect.verb == VERB_TEST ||
			      effect.verb == VERB_FORBID ? MODE_ANY : MODE_WRITE;
	VEC_PUSH(&contract->effects, effect);
	return true;
}

static bool read_params(struct reader *r)
{
	const char *word;

	r->nparams = 0;
	r->rest = ARRAY_SIZE(r->params);
	if (!is(r, "("))
		return fail(r, "'(' and the parameters");
	while (!is(r, ")")) {
		if (r->nparams && !is(r, ","))
			return fail(r, "',' or ')'");
		word = next(r);
		if (!word || r->nparams == ARRAY_SIZE(r->params))
			return fail(r, "a parameter's name");
		if (!strcmp(word, "..."))
			r->rest = r->nparams;
		else
			r->params[r->nparams++] = word;
	}
	return true;
}

/* fn NAME[, NAME ...](PARAMS) EFFECT [; EFFECT ...] */
static bool read_function(struct reader *r)
{
	const char *names[MAX_WORDS];
	struct contract *contract, *other;
	unsigned n = 0, i;

	do {
		names[n] = next(r);
		if (!names[n])
			return fail(r, "'fn NAME(PARAMETERS) EFFECTS'");
		n++;
	} while (is(r, ","));
	if (!read_params(r))
		return false;
	contract = arena_new(&run_arena, struct contract);
	contract->row = r->row;
	contract->name = names[0];
	do {
		if (!read_effect(r, contract))
			return false;
	} while (is(r, ";"));
	for (i = 0; i < n; i++) {
		other = find(r->contracts->tables->functions, names[i]);
		if (other)
			return error_set(r->err, "%s:%u: %s() has a row at %s:%u already",
					 r->file, r->line, names[i],
					 other->row->file, other->row->line);
		add(&r->contracts->tables->functions, names[i], contract);
	}
	VEC_PUSH(&r->contracts->functions, contract);
	return true;
}

/* order A < B [< C ...] */
static bool read_order(struct reader *r)
{
	const char *name = next(r);
	struct order order = { .row = r->row };

	if (!name)
		return fail(r, "'order OUTER < INNER'");
	order.outer = lock_class(r->contracts, name);
	while (is(r, "<")) {
		name = next(r);
		if (!name)
			return fail(r, "a lock after '<'");
		order.inner = lock_class(r->contracts, name);
		VEC_PUSH(&r->contracts->orders, order);
		order.outer = order.inner;
	}
	return true;
}

/* never A in B */
static bool read_never(struct reader *r)
{
	struct never never = { .row = r->row };
	const char *taken = next(r), *held;

	if (!taken || !is(r, "in") || !(held = next(r)))
		return fail(r, "'never LOCK in LOCK'");
	never.taken = lock_class(r->contracts, taken);
	never.held = lock_class(r->contracts, held);
	VEC_PUSH(&r->contracts->nevers, never);
	return true;
}

/* inside A needs B: A is never taken without B */
static bool read_inside(struct reader *r)
{
	const char *inner = next(r), *outer;
	struct order order = { .row = r->row };
	struct lock_class *cls;

	if (!inner || !is(r, "needs") || !(outer = next(r)))
		return fail(r, "'inside LOCK needs LOCK'");
	cls = lock_class(r->contracts, inner);
	r->row->subject = intern(outer);
	VEC_PUSH(&cls->inside, r->row);
	order.outer = lock_class(r->contracts, outer);
	order.inner = cls;
	VEC_PUSH(&r->contracts->orders, order);
	return true;
}

static bool read_leaf(struct reader *r)
{
	const char *name = next(r);
	struct lock_class *cls;

	if (!name)
		return fail(r, "'leaf LOCK'");
	cls = lock_class(r->contracts, name);
	cls->leaf = true;
	cls->leaf_row = r->row;
	return true;
}

static bool read_needs(struct reader *r, struct guard_way *way)
{
	do {
		struct guard_need need = { .mode = MODE_ANY };
		const char *name = next(r);

		if (!name)
			return fail(r, "a lock");
		need.cls = lock_class(r->contracts, name);
		if (is(r, "read"))
			need.mode = MODE_READ;
		else if (is(r, "write"))
			need.mode = MODE_WRITE;
		else if (is(r, "any"))
			need.mode = MODE_ANY;
		VEC_PUSH(&way->needs, need);
	} while (is(r, "+"));
	return true;
}

/* guard FIELD EVENT by LOCK [mode] [+ LOCK ...] [| ...] */
static bool read_guard(struct reader *r)
{
	struct guard guard = { .row = r->row };

	guard.key = next(r);
	if (!guard.key || !strchr(guard.key, '.'))
		return fail(r, "'guard RECORD.FIELD EVENT by LOCKS'");
	if (is(r, "write"))
		guard.event = GUARD_WRITE;
	else if (is(r, "set"))
		guard.event = GUARD_SET;
	else if (is(r, "clear"))
		guard.event = GUARD_CLEAR;
	else if (is(r, "read"))
		guard.event = GUARD_READ;
	else
		return fail(r, "write, set, clear or read");
	if (!is(r, "by"))
		return fail(r, "'by'");
	do {
		struct guard_way way = { 0 };

		if (!read_needs(r, &way))
			return false;
		VEC_PUSH(&guard.ways, way);
	} while (is(r, "|"));
	VEC_PUSH(&r->contracts->guards, guard);
	return true;
}

/* entry SLOT [holds LOCK [mode] + ...] */
static bool read_entry(struct reader *r)
{
	struct entry_row entry = { .row = r->row };
	struct guard_way way = { 0 };

	entry.slot = next(r);
	if (!entry.slot)
		return fail(r, "'entry SLOT [holds LOCKS]'");
	if (is(r, "holds")) {
		if (!read_needs(r, &way))
			return false;
		entry.holds.at = way.needs.at;
		entry.holds.n = way.needs.n;
		entry.holds.cap = way.needs.cap;
	}
	VEC_PUSH(&r->contracts->entries, entry);
	return true;
}

/* "[!]$NAME" or "[!]PARAM^RECORD.MEMBER[.MEMBER]" */
static bool read_atom(struct reader *r, struct value_atom *atom)
{
	const char *text = next(r), *at, *end;

	if (!text)
		return fail(r, "$VARIABLE or PARAMETER^RECORD.MEMBER");
	atom->negated = text[0] == '!';
	text += atom->negated;
	if (!strcmp(text, "true")) {
		atom->always = true;
		return true;
	}
	if (text[0] == '$') {
		atom->global = intern(text + 1);
		return true;
	}
	at = strchr(text, '^');
	if (!at)
		goto bad;
	atom->param = intern_n(text, at - text);
	text = at + 1;
	end = strchr(text, '.');
	if (!end)
		goto bad;
	atom->record = intern_n(text, end - text);
	while (*end) {
		text = end + 1;
		end = text + strcspn(text, ".");
		VEC_PUSH(&atom->members, intern_n(text, end - text));
	}
	return true;
bad:
	r->at--;
	return fail(r, "$VARIABLE or PARAMETER^RECORD.MEMBER");
}

/* value FIELD in FUNCTION is NUMBER, or ATOM [&& ATOM ...] */
static bool read_value(struct reader *r)
{
	struct value_row value = { .row = r->row };

	value.key = next(r);
	if (!value.key || !is(r, "in"))
		return fail(r, "'value RECORD.FIELD in FUNCTION is ...'");
	value.function = next(r);
	if (!value.function || !is(r, "is"))
		return fail(r, "'is'");
	if (r->at < r->n && read_number(r->words[r->at], &value.number)) {
		r->at++;
		value.is_number = true;
		VEC_PUSH(&r->contracts->values, value);
		return true;
	}
	do {
		struct value_atom atom = { 0 };

		if (!read_atom(r, &atom))
			return false;
		VEC_PUSH(&value.atoms, atom);
	} while (is(r, "&&"));
	VEC_PUSH(&r->contracts->values, value);
	return true;
}

/* nocall FUNCTION in FUNCTION */
static bool read_nocall(struct reader *r)
{
	struct nocall_row nocall = { .row = r->row };

	nocall.function = next(r);
	if (!nocall.function || !is(r, "in") || !(nocall.in = next(r)))
		return fail(r, "'nocall FUNCTION in FUNCTION'");
	VEC_PUSH(&r->contracts->nocalls, nocall);
	return true;
}

/* allow RULE in FUNCTION: what is found there is let stand */
static bool read_allow(struct reader *r)
{
	struct allow_row allow = { .row = r->row };

	allow.rule = next(r);
	if (!allow.rule || !is(r, "in") || !(allow.function = next(r)))
		return fail(r, "'allow RULE in FUNCTION'");
	r->row->matched = true;
	VEC_PUSH(&r->contracts->allows, allow);
	return true;
}

/* oneof PATTERN | PATTERN [| ...]: a path goes through one of them at most */
static bool read_part(struct reader *r)
{
	struct part_row part = { .row = r->row };
	const char *pattern;

	do {
		pattern = next(r);
		if (!pattern)
			return fail(r, "'oneof FOLDER | FOLDER'");
		VEC_PUSH(&part.patterns, pattern);
	} while (is(r, "|"));
	VEC_PUSH(&r->contracts->parts, part);
	return true;
}

static bool read_scope(struct reader *r)
{
	const char *pattern = next(r);

	if (!pattern)
		return fail(r, "'scope PATTERN'");
	r->row->matched = true;
	VEC_PUSH(&r->contracts->scopes, pattern);
	return true;
}

/* apart RECORD.FIELD: this member of each variable is a place of its own */
static bool read_apart(struct reader *r)
{
	const char *key = next(r);

	if (!key || !strchr(key, '.'))
		return fail(r, "'apart RECORD.FIELD'");
	VEC_PUSH(&r->contracts->aparts, key);
	VEC_PUSH(&r->contracts->members, ((struct member_row){ key, r->row }));
	return true;
}

/* sticky RECORD.FIELD: once it is set it stays set */
static bool read_sticky(struct reader *r)
{
	const char *key = next(r);

	if (!key || !strchr(key, '.'))
		return fail(r, "'sticky RECORD.FIELD'");
	VEC_PUSH(&r->contracts->stickies, key);
	VEC_PUSH(&r->contracts->members, ((struct member_row){ key, r->row }));
	return true;
}

/* counter RECORD.FIELD: raised, it is a hold, as long as it is not lowered */
static bool read_counter(struct reader *r)
{
	const char *key = next(r);
	struct lock_class *cls;

	if (!key || !strchr(key, '.'))
		return fail(r, "'counter RECORD.FIELD'");
	cls = lock_class(r->contracts, key);
	cls->flavour = find(r->contracts->tables->flavours, intern("window"));
	if (!cls->flavour)
		return error_set(r->err, "%s:%u: expected a row 'flavour window' before",
				 r->file, r->line);
	VEC_PUSH(&r->contracts->counters, key);
	VEC_PUSH(&r->contracts->members, ((struct member_row){ key, r->row }));
	return true;
}

/* locktype RECORD ...: what a pointer to a lock points to */
static bool read_lock_types(struct reader *r)
{
	const char *name = next(r);

	if (!name)
		return fail(r, "'locktype RECORD ...'");
	for (; name; name = next(r))
		VEC_PUSH(&r->contracts->lock_types, name);
	r->row->matched = true;
	return true;
}

static const struct {
	const char *word;
	bool (*read)(struct reader *r);
	bool reasoned;		/* says what no code says, so it says why */
} rows[] = {
	{ "flavour", read_flavour, false },
	{ "fn", read_function, false },
	{ "order", read_order, true },
	{ "never", read_never, true },
	{ "inside", read_inside, true },
	{ "leaf", read_leaf, true },
	{ "guard", read_guard, true },
	{ "entry", read_entry, true },
	{ "value", read_value, true },
	{ "nocall", read_nocall, true },
	{ "allow", read_allow, true },
	{ "oneof", read_part, true },
	{ "scope", read_scope, false },
	{ "apart", read_apart, true },
	{ "sticky", read_sticky, true },
	{ "counter", read_counter, true },
	{ "locktype", read_lock_types, false },
};

static bool read_row(struct reader *r, char *text)
{
	char *reason = strstr(text, " -- ");
	unsigned i;

	if (text[0] == '#')
		return true;
	if (reason) {
		*reason = 0;
		reason += 4;
	}
	if (!split(r, text))
		return false;
	if (!r->n)
		return true;
	r->row = arena_new(&run_arena, struct row);
	r->row->file = r->file;
	r->row->line = r->line;
	r->row->reason = reason ? intern(reason) : NULL;
	r->row->subject = r->n > 1 ? r->words[1] : r->words[0];
	r->row->optional = is(r, "optional");
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!is(r, rows[i].word))
			continue;
		if (!rows[i].read(r))
			return false;
		if (r->at < r->n)
			return fail(r, "the end of the row");
		if (rows[i].reasoned && !reason)
			return fail(r, "' -- ' and where that is known from");
		VEC_PUSH(&r->contracts->rows, r->row);
		return true;
	}
	return fail(r, "flavour, fn, order, never, inside, leaf, guard, entry, value, nocall, allow, oneof, scope, apart, sticky, counter or locktype");
}

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return intern(slash ? slash + 1 : path);
}

bool contracts_read(struct contracts *contracts, const char *path,
		    struct error *err)
{
	struct reader reader = {
		.contracts = contracts, .file = file_name(path), .err = err,
	};
	char *text, *line, *end;
	bool ok = true;
	size_t len;

	text = read_whole(path, &len, err);
	if (!text)
		return false;
	if (strlen(text) != len) {
		free(text);
		return error_set(err, "%s: expected text, found a NUL byte", path);
	}
	for (line = text; ok && *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = 0;
		reader.line++;
		ok = read_row(&reader, line);
	}
	free(text);
	return ok;
}
