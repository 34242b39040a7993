// SPDX-License-Identifier: GPL-2.0-only
/* The text of a contract file to rows, and the tables that they are kept in. */

#include "contract_read.h"

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
	c->some = lock_class(c, "a lock");
	c->alone = lock_class(c, "alone");
	c->warned = lock_class(c, "warned");
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

void flavour_add(struct contracts *contracts, struct flavour *flavour)
{
	VEC_PUSH(&contracts->flavours, flavour);
	add(&contracts->tables->flavours, flavour->name, flavour);
}

bool contract_add(struct reader *r, struct contract *contract, const char *name)
{
	struct contract *other = find(r->contracts->tables->functions, name);

	if (other)
		return error_set(r->err, "%s:%u: %s() has a row at %s:%u already",
				 r->file, r->line, name, other->row->file,
				 other->row->line);
	add(&r->contracts->tables->functions, name, contract);
	return true;
}

void contract_put(struct reader *r, struct contract *contract, const char *name)
{
	struct contract_tables *tables = r->contracts->tables;
	struct named *entry;

	HASH_FIND_PTR(tables->functions, &name, entry);
	if (entry)
		entry->value = contract;
	else
		add(&tables->functions, name, contract);
}

/* Reading */

bool expects(struct reader *r, const char *expected)
{
	return error_set(r->err, "%s:%u: expected %s%s%s%s", r->file, r->line,
			 expected, r->at < r->n ? ", found '" : "",
			 r->at < r->n ? r->words[r->at] : "",
			 r->at < r->n ? "'" : "");
}

bool word_is(struct reader *r, const char *word)
{
	if (r->at >= r->n || strcmp(r->words[r->at], word))
		return false;
	r->at++;
	return true;
}

const char *word_next(struct reader *r)
{
	return r->at < r->n ? r->words[r->at++] : NULL;
}

bool word_number(const char *text, int64_t *value)
{
	char *end;

	*value = strtoll(text, &end, 0);
	return end != text && !*end;
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
			return expects(r, "a shorter row");
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

static const struct {
	const char *word;
	bool (*read)(struct reader *r);
	bool reasoned;		/* says what no code says, so it says why */
} rows[] = {
	{ "flavour", read_flavour, false },
	{ "fn", read_fn, false },
	{ "also", read_also, true },
	{ "on", read_on, true },
	{ "mark", read_mark, true },
	{ "alias", read_alias, true },
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
	{ "foreign", read_foreign, true },
	{ "apart", read_apart, true },
	{ "sticky", read_sticky, true },
	{ "counter", read_counter, true },
	{ "locktype", read_lock_types, false },
	{ "address", read_address, true },
	{ "carries", read_carries, true },
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
	r->row->optional = word_is(r, "optional");
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!word_is(r, rows[i].word))
			continue;
		if (!rows[i].read(r))
			return false;
		if (r->at < r->n)
			return expects(r, "the end of the row");
		if (rows[i].reasoned && !reason)
			return expects(r, "' -- ' and where that is known from");
		VEC_PUSH(&r->contracts->rows, r->row);
		return true;
	}
	return expects(r, "flavour, fn, also, on, mark, alias, order, never, inside, leaf, guard, entry, value, nocall, allow, oneof, scope, foreign, apart, sticky, counter, locktype, address or carries");
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

bool acts(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effects.n; i++)
		if (contract->effects.at[i].verb != VERB_LEND)
			return true;
	return contract->opaque || contract->noreturn || !contract->effects.n;
}

const struct never *never_of(const struct contracts *contracts,
			     const struct lock_class *taken,
			     const struct lock_class *held)
{
	unsigned i;

	for (i = 0; i < contracts->nevers.n; i++)
		if (contracts->nevers.at[i].taken == taken &&
		    contracts->nevers.at[i].held == held)
			return &contracts->nevers.at[i];
	return NULL;
}
