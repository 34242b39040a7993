// SPDX-License-Identifier: GPL-2.0-only
/* The text of facts to tables. FORMAT.md has the grammar. */

#include "row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* The rows of the unit */

static bool read_type(struct parse *p)
{
	const char *name = row_name(p), *width;

	if (!name || !row_take(p, " "))
		return row_fail(p, "'type NAME WIDTH'");
	width = row_name(p);
	if (!width || !scalar_define(p->program, name, width))
		return row_fail(p, "a width such as u64");
	return row_end(p);
}

static bool read_field(struct parse *p)
{
	const char *key = row_name(p);
	const struct type *type;
	struct field *field;

	if (!key || !strchr(key, '.') || !row_take(p, " "))
		return row_fail(p, "'field RECORD.NAME TYPE'");
	type = row_type(p);
	if (!type)
		return false;
	field = field_of(p->program, key);
	if (!field->type)
		field->type = type;
	if (row_take(p, " ") && (!row_natural(p, &field->bits) || !field->bits))
		return row_fail(p, "the bits of a bitfield");
	return row_end(p);
}

static bool read_global(struct parse *p)
{
	const char *name = row_name(p);
	const struct type *type;
	struct global *global;

	if (!name || !row_take(p, " "))
		return row_fail(p, "'global NAME TYPE [static]'");
	type = row_type(p);
	if (!type)
		return false;
	if (row_take(p, " static")) {
		global = global_of(p->program, &p->unit->symbols->globals, name);
		global->unit = p->unit;
	} else {
		global = global_of(p->program, &p->program->tables->globals, name);
	}
	if (!global->type)
		global->type = type;
	return row_end(p);
}

static bool read_slot(struct parse *p)
{
	struct slot slot = { 0 };
	const struct expr *e;
	const char *key;

	if (p->at < p->end && *p->at == '$') {
		e = expr_parse(p);
		if (!e)
			return false;
		slot.array = e->global;
		slot.in = e->global;
	} else {
		key = row_name(p);
		if (!key || !strchr(key, '.'))
			return row_fail(p, "'slot RECORD.NAME @FUNCTION $VARIABLE'");
		slot.field = field_of(p->program, key);
	}
	if (!row_take(p, " ") || p->at >= p->end || *p->at != '@')
		return row_fail(p, "' @FUNCTION'");
	e = expr_parse(p);
	if (!e)
		return false;
	slot.target = e->symbol;
	if (row_take(p, " ")) {
		if (p->at >= p->end || *p->at != '$')
			return row_fail(p, "'$VARIABLE'");
		e = expr_parse(p);
		if (!e)
			return false;
		slot.in = e->global;
	}
	VEC_PUSH(&p->program->slots, slot);
	return row_end(p);
}

bool read_contract_attr(struct parse *p, struct contract_attr *attr)
{
	const char *start = p->at;

	while (p->at < p->end && ((*p->at >= 'a' && *p->at <= 'z') || *p->at == '_'))
		p->at++;
	if (p->at == start)
		return row_fail(p, "the word of a contract");
	attr->word = intern_n(start, p->at - start);
	return row_args(p, &attr->args, &attr->nargs) && row_end(p);
}

/* "this" in the arguments is a pointer to the record of the member. */
static bool read_guard(struct parse *p)
{
	struct variable this = { .name = intern("this") };
	struct function about = { .vars = &this };
	struct member_guard guard = { 0 };
	const struct type *record;
	const struct expr *e;
	const char *key;

	if (p->at < p->end && *p->at == '$') {
		e = expr_parse(p);
		if (!e || e->op != EXPR_GLOBAL)
			return e ? row_fail(p, "'$VARIABLE'") : false;
		guard.global = e->global;
	} else {
		key = row_name(p);
		if (!key || !strchr(key, '.'))
			return row_fail(p, "'guard RECORD.NAME WORD(...)'");
		guard.field = field_of(p->program, key);
		record = program_type(p->program, guard.field->record,
				      strlen(guard.field->record));
		if (!record)
			return row_fail(p, "a record before the '.'");
		this.type = type_pointer(record);
		about.nvars = 1;
	}
	if (!row_take(p, " "))
		return row_fail(p, "the word of a contract");
	p->function = &about;
	if (!read_contract_attr(p, &guard.attr))
		return false;
	p->function = NULL;
	VEC_PUSH(&p->program->guards, guard);
	return true;
}

static bool read_says(struct parse *p)
{
	struct contract_attr attr;

	if (!read_contract_attr(p, &attr))
		return false;
	VEC_PUSH(&p->program->says, attr);
	return true;
}

/* A header's comment comes with each unit that includes it. */
static void add_comment(struct program *program, const struct comment *comment)
{
	unsigned i;

	for (i = 0; i < program->comments.n; i++) {
		const struct comment *other = &program->comments.at[i];

		if (other->file == comment->file &&
		    other->line == comment->line && other->col == comment->col)
			return;
	}
	VEC_PUSH(&program->comments, *comment);
}

static bool read_comment(struct parse *p)
{
	struct comment comment = { 0 };
	struct function at = { 0 };
	const char *newline;

	if (!row_place(p, &at) || !row_take(p, ":") ||
	    !row_natural(p, &comment.end) || !row_take(p, " "))
		return row_fail(p, "'comment FILE:LINE:COLUMN:END TEXT'");
	newline = memchr(p->at, '\n', p->end - p->at);
	if (!newline || newline == p->at)
		return row_fail(p, "what the comment says");
	comment.file = at.file;
	comment.line = at.line;
	comment.col = at.col;
	comment.text = intern_n(p->at, newline - p->at);
	p->at = newline;
	add_comment(p->program, &comment);
	return row_end(p);
}

static bool read_head(struct parse *p)
{
	struct function place = { 0 };
	struct head head = { 0 };
	VEC(const char *) params = { 0 };
	const char *name = row_name(p), *param;

	if (!name || !row_take(p, " "))
		return row_fail(p, "'head NAME FILE:LINE:COLUMN PARAMETER...'");
	if (!row_place(p, &place))
		return false;
	head.symbol = table_get(&p->unit->symbols->symbols, name);
	if (!head.symbol)
		head.symbol = symbol_of(p->program, &p->program->tables->symbols,
					name);
	head.file = place.file;
	head.line = place.line;
	head.col = place.col;
	while (row_take(p, " ")) {
		param = row_name(p);
		if (!param)
			break;
		VEC_PUSH(&params, param);
	}
	head.params = arena_copy(&run_arena, params.at,
				 params.n * sizeof(*params.at));
	head.nparams = params.n;
	free(params.at);
	VEC_PUSH(&p->program->heads, head);
	return row_end(p);
}

/* A row of a function that is not global names one of this unit. */
static void declare_static(struct parse *p, const char *at, const char *newline)
{
	const char *name = memchr(at, ' ', newline - at), *blank;

	if (!name++)
		return;
	blank = memchr(name, ' ', newline - name);
	if (blank && newline - blank > 7 && memcmp(blank, " global", 7))
		symbol_of(p->program, &p->unit->symbols->symbols,
			  intern_n(name, blank - name));
}

/*
 * Names of static functions are known before any body is read: a body may
 * name one that comes after it.
 */
static void declare_statics(struct parse *p)
{
	const char *at = p->at, *newline;

	for (; at < p->end; at = newline + 1) {
		newline = memchr(at, '\n', p->end - at);
		if (!newline)
			return;
		if (!strncmp(at, "func ", 5) || !strncmp(at, "unread ", 7))
			declare_static(p, at, newline);
	}
}

static bool check_frame(struct parse *p, const char *text, size_t len)
{
	char mark[32];
	size_t tail;

	if (!row_take(p, "mmucheck-facts "))
		return error_set(p->err, "%s: no facts: expected 'mmucheck-facts %d' first",
				 p->name, FACTS_VERSION);
	if (!row_take(p, "1\n"))
		return error_set(p->err, "%s: facts of another version: expected 'mmucheck-facts %d'; make them anew",
				 p->name, FACTS_VERSION);
	p->line = 2;
	if (memchr(text, 0, len))
		return error_set(p->err, "%s: damaged: expected text, found a zero byte",
				 p->name);
	if (len < 22 || memcmp(text + len - 21, "end ", 4) ||
	    text[len - 22] != '\n')
		return error_set(p->err, "%s: cut short: expected the 'end' row last",
				 p->name);
	tail = len - 21;
	snprintf(mark, sizeof(mark), "end %016llx\n",
		 (unsigned long long)XXH64(text, tail, 0));
	if (memcmp(text + tail, mark, 21))
		return error_set(p->err, "%s: damaged: the text does not match its 'end' row",
				 p->name);
	p->end = text + tail;
	return true;
}

static bool read_rows(struct parse *p)
{
	while (p->at < p->end) {
		bool ok;

		if (row_take(p, "func "))
			ok = read_function(p);
		else if (row_take(p, "field "))
			ok = read_field(p);
		else if (row_take(p, "slot "))
			ok = read_slot(p);
		else if (row_take(p, "global "))
			ok = read_global(p);
		else if (row_take(p, "type "))
			ok = read_type(p);
		else if (row_take(p, "guard "))
			ok = read_guard(p);
		else if (row_take(p, "says "))
			ok = read_says(p);
		else if (row_take(p, "comment "))
			ok = read_comment(p);
		else if (row_take(p, "head "))
			ok = read_head(p);
		else if (row_take(p, "decl "))
			ok = read_declaration(p);
		else if (row_take(p, "unread "))
			ok = read_unread(p);
		else
			ok = row_fail(p, "type, field, global, slot, guard, says, comment, head, decl, func or unread");
		if (!ok)
			return false;
	}
	return true;
}

bool facts_read(struct program *program, const char *name, const char *text,
		size_t len, struct error *err)
{
	struct parse parse = {
		.program = program, .at = text, .end = text + len,
		.name = name, .line = 1, .err = err,
	};
	struct parse *p = &parse;
	struct unit *unit;

	if (!check_frame(p, text, len))
		return false;
	unit = arena_new(&run_arena, struct unit);
	unit->symbols = arena_new(&run_arena, struct symbol_table);
	p->unit = unit;
	if (!row_take(p, "unit ") || !(unit->name = row_name(p)))
		return row_fail(p, "'unit FILE'");
	if (!row_end(p))
		return false;
	if (!row_take(p, "target ") || !(program->arch = row_name(p)) ||
	    !row_take(p, " ") || !row_natural(p, &program->pointer_bits) ||
	    !row_end(p))
		return row_fail(p, "'target ARCH BITS'");
	VEC_PUSH(&program->units, unit);
	declare_statics(p);
	return read_rows(p);
}
