// SPDX-License-Identifier: GPL-2.0-only
/* Rows about locks, members and what else is no function. */

#include "contract_read.h"

#include <stdio.h>
#include <string.h>

bool read_flavour(struct reader *r)
{
	const char *name = word_next(r);
	struct flavour *flavour;

	if (!name)
		return expects(r, "'flavour NAME [atomic] [sleeps] [counts] [shared] [reentrant] [counted] [loose] [idle] [mark] [resource] [noreclaim]'");
	if (flavour_of(r->contracts, name))
		return error_set(r->err, "%s:%u: flavour %s is there already",
				 r->file, r->line, name);
	flavour = arena_new(&run_arena, struct flavour);
	flavour->name = name;
	while (r->at < r->n) {
		if (word_is(r, "atomic"))
			flavour->atomic = true;
		else if (word_is(r, "sleeps"))
			flavour->sleeps = true;
		else if (word_is(r, "counts"))
			flavour->counts = true;
		else if (word_is(r, "reentrant"))
			flavour->reentrant = true;
		else if (word_is(r, "shared"))
			flavour->shared = true;
		else if (word_is(r, "counted"))
			flavour->counted = true;
		else if (word_is(r, "idle"))
			flavour->idle = true;
		else if (word_is(r, "loose"))
			flavour->loose = true;
		else if (word_is(r, "mark"))
			flavour->mark = true;
		else if (word_is(r, "resource"))
			flavour->resource = true;
		else if (word_is(r, "noreclaim"))
			flavour->noreclaim = true;
		else
			return expects(r, "atomic, sleeps, counts, shared, reentrant, counted, loose, idle, mark, resource or noreclaim");
	}
	r->row->matched = true;
	flavour_add(r->contracts, flavour);
	return true;
}

/* order A < B [< C ...] */
bool read_order(struct reader *r)
{
	const char *name = word_next(r);
	struct order order = { .row = r->row };

	if (!name)
		return expects(r, "'order OUTER < INNER'");
	order.outer = lock_class(r->contracts, name);
	while (word_is(r, "<")) {
		name = word_next(r);
		if (!name)
			return expects(r, "a lock after '<'");
		order.inner = lock_class(r->contracts, name);
		VEC_PUSH(&r->contracts->orders, order);
		order.outer = order.inner;
	}
	return true;
}

/* never A in B */
bool read_never(struct reader *r)
{
	struct never never = { .row = r->row };
	const char *taken = word_next(r), *held;

	if (!taken || !word_is(r, "in") || !(held = word_next(r)))
		return expects(r, "'never LOCK in LOCK'");
	never.taken = lock_class(r->contracts, taken);
	never.held = lock_class(r->contracts, held);
	if (word_is(r, "unless")) {
		const char *unless = word_next(r);

		if (!unless)
			return expects(r, "a lock or a mark after 'unless'");
		never.unless = lock_class(r->contracts, unless);
	}
	VEC_PUSH(&r->contracts->nevers, never);
	return true;
}

/* inside A needs B: A is never taken without B */
bool read_inside(struct reader *r)
{
	const char *inner = word_next(r), *outer;
	struct order order = { .row = r->row };
	struct lock_class *cls;

	if (!inner || !word_is(r, "needs") || !(outer = word_next(r)))
		return expects(r, "'inside LOCK needs LOCK'");
	cls = lock_class(r->contracts, inner);
	r->row->subject = intern(outer);
	VEC_PUSH(&cls->inside, r->row);
	order.outer = lock_class(r->contracts, outer);
	order.inner = cls;
	VEC_PUSH(&r->contracts->orders, order);
	return true;
}

bool read_leaf(struct reader *r)
{
	const char *name = word_next(r);
	struct lock_class *cls;

	if (!name)
		return expects(r, "'leaf LOCK'");
	cls = lock_class(r->contracts, name);
	cls->leaf = true;
	cls->leaf_row = r->row;
	return true;
}

static bool read_needs(struct reader *r, struct guard_way *way)
{
	do {
		struct guard_need need = { .mode = MODE_ANY };
		const char *name = word_next(r);

		if (!name)
			return expects(r, "a lock");
		need.cls = lock_class(r->contracts, name);
		if (word_is(r, "read"))
			need.mode = MODE_READ;
		else if (word_is(r, "write"))
			need.mode = MODE_WRITE;
		else if (word_is(r, "any"))
			need.mode = MODE_ANY;
		VEC_PUSH(&way->needs, need);
	} while (word_is(r, "+"));
	return true;
}

/* guard FIELD EVENT by LOCK [mode] [+ LOCK ...] [| ...] */
bool read_guard(struct reader *r)
{
	struct guard guard = { .row = r->row };

	guard.key = word_next(r);
	if (!guard.key || !strchr(guard.key, '.'))
		return expects(r, "'guard RECORD.FIELD EVENT by LOCKS'");
	if (word_is(r, "write"))
		guard.event = GUARD_WRITE;
	else if (word_is(r, "set"))
		guard.event = GUARD_SET;
	else if (word_is(r, "clear"))
		guard.event = GUARD_CLEAR;
	else if (word_is(r, "read"))
		guard.event = GUARD_READ;
	else
		return expects(r, "write, set, clear or read");
	if (!word_is(r, "by"))
		return expects(r, "'by'");
	do {
		struct guard_way way = { 0 };

		if (!read_needs(r, &way))
			return false;
		VEC_PUSH(&guard.ways, way);
	} while (word_is(r, "|"));
	VEC_PUSH(&r->contracts->guards, guard);
	return true;
}

/* entry SLOT [holds LOCK [mode] + ...] */
bool read_entry(struct reader *r)
{
	struct entry_row entry = { .row = r->row };
	struct guard_way way = { 0 };

	entry.slot = word_next(r);
	if (!entry.slot)
		return expects(r, "'entry SLOT [holds LOCKS]'");
	if (word_is(r, "holds")) {
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
	const char *text = word_next(r), *at, *end;

	if (!text)
		return expects(r, "$VARIABLE or PARAMETER^RECORD.MEMBER");
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
	return expects(r, "$VARIABLE or PARAMETER^RECORD.MEMBER");
}

/* value FIELD in FUNCTION is NUMBER, or ATOM [&& ATOM ...] */
bool read_value(struct reader *r)
{
	struct value_row value = { .row = r->row };

	value.key = word_next(r);
	if (!value.key || !word_is(r, "in"))
		return expects(r, "'value RECORD.FIELD in FUNCTION is ...'");
	value.function = word_next(r);
	if (!value.function || !word_is(r, "is"))
		return expects(r, "'is'");
	if (r->at < r->n && word_number(r->words[r->at], &value.number)) {
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
	} while (word_is(r, "&&"));
	VEC_PUSH(&r->contracts->values, value);
	return true;
}

/* nocall FUNCTION in FUNCTION */
bool read_nocall(struct reader *r)
{
	struct nocall_row nocall = { .row = r->row };

	nocall.function = word_next(r);
	if (!nocall.function || !word_is(r, "in") || !(nocall.in = word_next(r)))
		return expects(r, "'nocall FUNCTION in FUNCTION'");
	/* A path remembers them in the bits of one word. */
	if (r->contracts->nocalls.n == 64)
		return error_set(r->err, "%s:%u: expected 64 rows 'nocall' at most",
				 r->file, r->line);
	VEC_PUSH(&r->contracts->nocalls, nocall);
	return true;
}

/* alias NAME = NAME: both members, or both functions */
bool read_alias(struct reader *r)
{
	struct alias_row alias = { .row = r->row };

	alias.name = word_next(r);
	if (!alias.name || !word_is(r, "=") || !(alias.meant = word_next(r)))
		return expects(r, "'alias NAME = NAME'");
	if (!strchr(alias.name, '.') != !strchr(alias.meant, '.')) {
		r->at--;
		return expects(r, "two members, RECORD.FIELD, or two functions");
	}
	VEC_PUSH(&r->contracts->aliases, alias);
	return true;
}

/* allow RULE in FUNCTION: what is found there is let stand */
bool read_allow(struct reader *r)
{
	struct allow_row allow = { .row = r->row };

	allow.rule = word_next(r);
	if (!allow.rule || !word_is(r, "in") ||
	    !(allow.function = word_next(r)))
		return expects(r, "'allow RULE in FUNCTION'");
	r->row->matched = true;
	VEC_PUSH(&r->contracts->allows, allow);
	return true;
}

/* oneof PATTERN | PATTERN [| ...]: a path goes through one of them at most */
bool read_part(struct reader *r)
{
	struct part_row part = { .row = r->row };
	const char *pattern;

	do {
		pattern = word_next(r);
		if (!pattern)
			return expects(r, "'oneof FOLDER | FOLDER'");
		VEC_PUSH(&part.patterns, pattern);
	} while (word_is(r, "|"));
	VEC_PUSH(&r->contracts->parts, part);
	return true;
}

bool read_scope(struct reader *r)
{
	const char *pattern = word_next(r);

	if (!pattern)
		return expects(r, "'scope PATTERN'");
	r->row->matched = true;
	VEC_PUSH(&r->contracts->scopes, pattern);
	return true;
}

/* foreign PATTERN: these objects are linked into another program */
bool read_foreign(struct reader *r)
{
	const char *pattern = word_next(r);

	if (!pattern)
		return expects(r, "'foreign PATTERN'");
	r->row->matched = true;
	VEC_PUSH(&r->contracts->foreign, pattern);
	return true;
}

/* apart RECORD.FIELD: this member of each variable is a place of its own */
bool read_apart(struct reader *r)
{
	const char *key = word_next(r);

	if (!key || !strchr(key, '.'))
		return expects(r, "'apart RECORD.FIELD'");
	VEC_PUSH(&r->contracts->aparts, key);
	VEC_PUSH(&r->contracts->members, ((struct member_row){ key, r->row }));
	return true;
}

/* sticky RECORD.FIELD: once it is set it stays set */
bool read_sticky(struct reader *r)
{
	const char *key = word_next(r);

	if (!key || !strchr(key, '.'))
		return expects(r, "'sticky RECORD.FIELD'");
	VEC_PUSH(&r->contracts->stickies, key);
	VEC_PUSH(&r->contracts->members, ((struct member_row){ key, r->row }));
	return true;
}

/* counter RECORD.FIELD: raised, it is a hold, as long as it is not lowered */
bool read_counter(struct reader *r)
{
	const char *key = word_next(r);
	struct lock_class *cls;

	if (!key || !strchr(key, '.'))
		return expects(r, "'counter RECORD.FIELD'");
	cls = lock_class(r->contracts, key);
	cls->flavour = flavour_of(r->contracts, "window");
	if (!cls->flavour)
		return error_set(r->err, "%s:%u: expected a row 'flavour window' before",
				 r->file, r->line);
	VEC_PUSH(&r->contracts->counters, key);
	VEC_PUSH(&r->contracts->members, ((struct member_row){ key, r->row }));
	return true;
}

/* locktype RECORD ...: what a pointer to a lock points to */
bool read_lock_types(struct reader *r)
{
	const char *name = word_next(r);

	if (!name)
		return expects(r, "'locktype RECORD ...'");
	for (; name; name = word_next(r))
		VEC_PUSH(&r->contracts->lock_types, name);
	r->row->matched = true;
	return true;
}


static bool read_marked_locks(struct reader *r, struct lock_class *mark,
			      bool due)
{
	struct lock_class *lock;
	const char *name;

	do {
		name = word_next(r);
		if (!name)
			return expects(r, "a lock");
		lock = lock_class(r->contracts, name);
		mark->is_debt |= due;
		if (due)
			VEC_PUSH(&lock->due, mark);
		else
			VEC_PUSH(&lock->ends, mark);
	} while (word_is(r, ","));
	return true;
}

/* "lasts with A or B": when the last of them that is held goes, it ends */
static bool read_loan(struct reader *r, struct lock_class *mark)
{
	struct lock_class *lock, *stale;
	const char *name;
	char text[300];

	do {
		name = word_next(r);
		if (!name)
			return expects(r, "a lock");
		lock = lock_class(r->contracts, name);
		VEC_PUSH(&lock->ends, mark);
		VEC_PUSH(&mark->lasts, lock);
	} while (word_is(r, "or"));
	snprintf(text, sizeof(text), "stale %s", mark->name);
	stale = lock_class(r->contracts, intern(text));
	stale->rule = mark->rule;
	stale->flavour = mark->flavour;
	stale->lent = mark;
	mark->stale = stale;
	return true;
}

/* What a mark is like if it is not like all of them; NULL: the next word is none. */
static const struct flavour *read_mark_flavour(struct reader *r)
{
	const struct flavour *flavour = NULL;

	if (r->at < r->n)
		flavour = flavour_of(r->contracts, r->words[r->at]);
	if (!flavour || (!flavour->mark && !flavour->resource))
		return NULL;
	r->at++;
	return flavour;
}

/*
 * mark NAME of RULE [FLAVOUR] [ends with LOCK, ...] [due at LOCK, ...]
 *	[lasts with LOCK or ...] -- what it says
 */
bool read_mark(struct reader *r)
{
	const char *name = word_next(r);
	struct lock_class *cls;

	if (!name || !strchr(name, '.') || !word_is(r, "of"))
		return expects(r, "'mark RECORD.STEP of RULE'");
	cls = lock_class(r->contracts, name);
	if (cls->mark_row)
		return error_set(r->err, "%s:%u: %s has a row at %s:%u already",
				 r->file, r->line, name, cls->mark_row->file,
				 cls->mark_row->line);
	cls->rule = word_next(r);
	if (!cls->rule)
		return expects(r, "the rule that tells of it");
	r->row->matched = true;	/* a word, as a flavour is */
	cls->mark_row = r->row;
	cls->flavour = read_mark_flavour(r);
	if (!cls->flavour)
		cls->flavour = flavour_of(r->contracts, "mark");
	if (!cls->flavour)
		return error_set(r->err, "%s:%u: expected a row 'flavour mark' before",
				 r->file, r->line);
	while (r->at < r->n) {
		bool due = word_is(r, "due");

		if (word_is(r, "lasts")) {
			if (!word_is(r, "with"))
				return expects(r, "'with' and a lock");
			if (!read_loan(r, cls))
				return false;
			continue;
		}
		if (due ? !word_is(r, "at") : !word_is(r, "ends") || !word_is(r, "with"))
			return expects(r, "a flavour of marks, 'ends with LOCK', 'due at LOCK' or 'lasts with LOCK'");
		if (!read_marked_locks(r, cls, due))
			return false;
	}
	return true;
}
