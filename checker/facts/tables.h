/* SPDX-License-Identifier: GPL-2.0-only */
/* How a program's names are kept; for the files of this folder only. */
#ifndef MMUCHECK_FACTS_TABLES_H
#define MMUCHECK_FACTS_TABLES_H

#include "facts.h"

/* Tables live as long as the run, like all that is in them. */
#define uthash_malloc(size)	arena_alloc(&run_arena, size)
#define uthash_free(at, size)	((void)0)
#include <uthash.h>

struct table_entry {
	const char *key;
	void *value;
	UT_hash_handle hh;
};

struct table {
	struct table_entry *entries;
};

struct program_tables {
	struct table symbols, fields, globals, scalars, records;
	struct table inlines;		/* "file:line:col name" to struct inline_text */
	struct type *fn;
};

/* A unit's own names: static functions and variables. */
struct symbol_table {
	struct table symbols, globals;
};

void *table_get(struct table *table, const char *key);
void table_set(struct table *table, const char *key, void *value);

struct symbol *symbol_of(struct program *program, struct table *table,
			 const char *name);
struct field *field_of(struct program *program, const char *key);
struct global *global_of(struct program *program, struct table *table,
			 const char *name);
bool scalar_define(struct program *program, const char *name,
		   const char *width);
const struct type *type_pointer(const struct type *to);

#endif
