// SPDX-License-Identifier: GPL-2.0-only
/* The tables of a program: names to what they stand for. */

#include "tables.h"

#include <stdlib.h>
#include <string.h>

struct program *program_new(void)
{
	struct program *program = arena_new(&run_arena, struct program);

	program->tables = arena_new(&run_arena, struct program_tables);
	return program;
}

void program_free(struct program *program)
{
	free(program->units.at);
	free(program->functions.at);
	free(program->symbols.at);
	free(program->fields.at);
	free(program->globals.at);
	free(program->slots.at);
	free(program->declarations.at);
	free(program->guards.at);
	free(program->says.at);
	free(program->comments.at);
	free(program->heads.at);
	free(program->unread.at);
	intern_forget();
	arena_reset(&run_arena);
}

/* Names are interned: the pointer is the key. */
void *table_get(struct table *table, const char *key)
{
	struct table_entry *entry;

	HASH_FIND_PTR(table->entries, &key, entry);
	return entry ? entry->value : NULL;
}

void table_set(struct table *table, const char *key, void *value)
{
	struct table_entry *entry;

	HASH_FIND_PTR(table->entries, &key, entry);
	if (!entry) {
		entry = arena_new(&run_arena, struct table_entry);
		entry->key = key;
		HASH_ADD_PTR(table->entries, key, entry);
	}
	entry->value = value;
}

struct symbol *symbol_of(struct program *program, struct table *table,
			 const char *name)
{
	struct symbol *symbol = table_get(table, name);

	if (symbol)
		return symbol;
	symbol = arena_new(&run_arena, struct symbol);
	symbol->name = name;
	symbol->id = program->symbols.n;
	VEC_PUSH(&program->symbols, symbol);
	table_set(table, name, symbol);
	return symbol;
}

struct field *field_of(struct program *program, const char *key)
{
	struct field *field = table_get(&program->tables->fields, key);
	const char *dot;

	if (field)
		return field;
	field = arena_new(&run_arena, struct field);
	dot = strrchr(key, '.');
	field->key = key;
	field->record = dot ? intern_n(key, dot - key) : intern("");
	field->name = dot ? intern(dot + 1) : key;
	field->id = program->fields.n;
	VEC_PUSH(&program->fields, field);
	table_set(&program->tables->fields, key, field);
	return field;
}

struct global *global_of(struct program *program, struct table *table,
			 const char *name)
{
	struct global *global = table_get(table, name);

	if (global)
		return global;
	global = arena_new(&run_arena, struct global);
	global->name = name;
	global->id = program->globals.n;
	VEC_PUSH(&program->globals, global);
	table_set(table, name, global);
	return global;
}

struct symbol *program_symbol(struct program *program, const char *name)
{
	name = intern_known(name);
	return name ? table_get(&program->tables->symbols, name) : NULL;
}

struct field *program_field(struct program *program, const char *key)
{
	key = intern_known(key);
	return key ? table_get(&program->tables->fields, key) : NULL;
}

void program_call_field(struct program *program, struct field *field,
			const char *key)
{
	field->key = key;
	table_set(&program->tables->fields, key, field);
}

struct global *program_global(struct program *program, const char *name)
{
	name = intern_known(name);
	return name ? table_get(&program->tables->globals, name) : NULL;
}

static struct type *type_new(enum type_kind kind, const char *name)
{
	struct type *type = arena_new(&run_arena, struct type);

	type->kind = kind;
	type->name = name;
	return type;
}

/* "u32", "i8", "e32" for an enum, "bool": the width says it all. */
static bool scalar_width(struct type *type, const char *text)
{
	unsigned bits = 0;
	const char *p;

	if (!strcmp(text, "bool")) {
		type->bits = 1;
		type->is_choice = true;
		return true;
	}
	if (text[0] != 'u' && text[0] != 'i' && text[0] != 'e')
		return false;
	for (p = text + 1; *p >= '0' && *p <= '9' && bits < 1000; p++)
		bits = bits * 10 + (*p - '0');
	if (*p || !bits || bits > 128)
		return false;
	type->bits = bits;
	type->is_signed = text[0] == 'i';
	type->is_choice = text[0] == 'e';
	return true;
}

bool scalar_define(struct program *program, const char *name, const char *width)
{
	struct type *type = table_get(&program->tables->scalars, name);

	if (!type) {
		type = type_new(TYPE_SCALAR, name);
		table_set(&program->tables->scalars, name, type);
	}
	return scalar_width(type, width);
}

static struct type *named_type(struct program *program, const char *text,
			       size_t len)
{
	bool scalar = len && text[0] == '#';
	struct table *table = scalar ? &program->tables->scalars
				     : &program->tables->records;
	const char *name = intern_n(text + scalar, len - scalar);
	struct type *type = table_get(table, name);

	if (type)
		return type;
	type = type_new(scalar ? TYPE_SCALAR : TYPE_RECORD, name);
	if (scalar)
		scalar_width(type, name);
	table_set(table, name, type);
	return type;
}

const struct type *type_pointer(const struct type *to)
{
	struct type *base = (struct type *)to;

	if (!base->pointer) {
		base->pointer = type_new(TYPE_POINTER, NULL);
		base->pointer->to = to;
	}
	return base->pointer;
}

static const struct type *type_array(const struct type *of)
{
	struct type *base = (struct type *)of;

	if (!base->array) {
		base->array = type_new(TYPE_ARRAY, NULL);
		base->array->to = of;
	}
	return base->array;
}

const struct type *program_type(struct program *program, const char *text,
				size_t len)
{
	const struct type *type;
	size_t prefix = 0;

	while (prefix < len && (text[prefix] == '*' || text[prefix] == '['))
		prefix++;
	if (prefix == len || prefix > 16)
		return NULL;
	if (len - prefix == 2 && !memcmp(text + prefix, "fn", 2)) {
		if (!program->tables->fn)
			program->tables->fn = type_new(TYPE_FUNCTION, intern("fn"));
		type = program->tables->fn;
	} else {
		type = named_type(program, text + prefix, len - prefix);
	}
	while (prefix--)
		type = text[prefix] == '*' ? type_pointer(type) : type_array(type);
	return type;
}
