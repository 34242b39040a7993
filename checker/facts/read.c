// SPDX-License-Identifier: GPL-2.0-only
/* The text of facts to tables. FORMAT.md has the grammar. */

#include "tables.h"

#include <stdio.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define MAX_VARIABLES	20000
#define MAX_BLOCKS	100000

static bool fail(struct parse *p, const char *expected)
{
	return error_set(p->err, "%s:%u: expected %s", p->name, p->line, expected);
}

static bool take(struct parse *p, const char *token)
{
	size_t len = strlen(token);

	if ((size_t)(p->end - p->at) < len || memcmp(p->at, token, len))
		return false;
	p->at += len;
	return true;
}

static bool end_of_row(struct parse *p)
{
	if (!take(p, "\n"))
		return fail(p, "the end of the row");
	p->line++;
	return true;
}

/* A word: up to a blank or the end of the row. */
static const char *word(struct parse *p, size_t *len)
{
	const char *start = p->at;

	while (p->at < p->end && *p->at != ' ' && *p->at != '\n')
		p->at++;
	*len = p->at - start;
	return *len ? start : NULL;
}

static const char *interned_word(struct parse *p)
{
	size_t len;
	const char *text = word(p, &len);

	return text ? intern_n(text, len) : NULL;
}

static bool natural(struct parse *p, unsigned *n)
{
	const char *start = p->at;
	unsigned value = 0;

	while (p->at < p->end && *p->at >= '0' && *p->at <= '9' &&
	       value < 400000000)
		value = value * 10 + (*p->at++ - '0');
	*n = value;
	return p->at > start;
}

static bool integer(struct parse *p, int64_t *value)
{
	bool minus = take(p, "-");
	const char *start = p->at;
	uint64_t n = 0;

	while (p->at < p->end && *p->at >= '0' && *p->at <= '9')
		n = n * 10 + (*p->at++ - '0');
	*value = minus ? (int64_t)(0 - n) : (int64_t)n;
	return p->at > start;
}

static const struct type *type_word(struct parse *p)
{
	size_t len;
	const char *text = word(p, &len);
	const struct type *type;

	type = text ? program_type(p->program, text, len) : NULL;
	if (!type)
		fail(p, "a type");
	return type;
}

/* The rows of the unit */

static bool read_type(struct parse *p)
{
	const char *name = interned_word(p), *width;

	if (!name || !take(p, " "))
		return fail(p, "'type NAME WIDTH'");
	width = interned_word(p);
	if (!width || !scalar_define(p->program, name, width))
		return fail(p, "a width such as u64");
	return end_of_row(p);
}

static bool read_field(struct parse *p)
{
	const char *key = interned_word(p);
	const struct type *type;
	struct field *field;

	if (!key || !strchr(key, '.') || !take(p, " "))
		return fail(p, "'field RECORD.NAME TYPE'");
	type = type_word(p);
	if (!type)
		return false;
	field = field_of(p->program, key);
	if (!field->type)
		field->type = type;
	return end_of_row(p);
}

static bool read_global(struct parse *p)
{
	const char *name = interned_word(p);
	const struct type *type;
	struct global *global;

	if (!name || !take(p, " "))
		return fail(p, "'global NAME TYPE [static]'");
	type = type_word(p);
	if (!type)
		return false;
	if (take(p, " static")) {
		global = global_of(p->program, &p->unit->symbols->globals, name);
		global->unit = p->unit;
	} else {
		global = global_of(p->program, &p->program->tables->globals, name);
	}
	if (!global->type)
		global->type = type;
	return end_of_row(p);
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
		key = interned_word(p);
		if (!key || !strchr(key, '.'))
			return fail(p, "'slot RECORD.NAME @FUNCTION $VARIABLE'");
		slot.field = field_of(p->program, key);
	}
	if (!take(p, " ") || p->at >= p->end || *p->at != '@')
		return fail(p, "' @FUNCTION'");
	e = expr_parse(p);
	if (!e)
		return false;
	slot.target = e->symbol;
	if (take(p, " ")) {
		if (p->at >= p->end || *p->at != '$')
			return fail(p, "'$VARIABLE'");
		e = expr_parse(p);
		if (!e)
			return false;
		slot.in = e->global;
	}
	VEC_PUSH(&p->program->slots, slot);
	return end_of_row(p);
}

/* Functions */

struct building {
	VEC(struct variable) vars;
	VEC(struct block) blocks;
	VEC(struct insn) insns;
	VEC(unsigned) first;		/* of each block, in insns */
	VEC(struct range_target) targets;
	VEC(unsigned) first_target;
};

static bool header(struct parse *p, struct function *fn)
{
	const char *file, *colon;
	size_t len;

	fn->name = interned_word(p);
	if (!fn->name || !take(p, " "))
		return fail(p, "a function's name");
	if (take(p, "global "))
		fn->linkage = LINK_GLOBAL;
	else if (take(p, "static "))
		fn->linkage = LINK_STATIC;
	else if (take(p, "inline "))
		fn->linkage = LINK_INLINE;
	else
		return fail(p, "global, static or inline");
	file = p->at;
	colon = memchr(file, ':', p->end - file);
	if (!colon || memchr(file, '\n', colon - file))
		return fail(p, "FILE:LINE:COLUMN:END");
	len = colon - file;
	fn->file = intern_n(file, len);
	p->at = colon + 1;
	if (!natural(p, &fn->line) || !take(p, ":") || !natural(p, &fn->col) ||
	    !take(p, ":") || !natural(p, &fn->end) || !take(p, " "))
		return fail(p, "FILE:LINE:COLUMN:END");
	fn->type = type_word(p);
	if (!fn->type)
		return false;
	fn->exported = take(p, " export");
	return end_of_row(p);
}

static bool variables(struct parse *p, struct function *fn, struct building *b)
{
	struct variable var;

	for (;;) {
		bool param = take(p, "param ");

		if (!param && !take(p, "local "))
			break;
		if (param && fn->nparams != b->vars.n)
			return fail(p, "parameters before local variables");
		var.name = interned_word(p);
		if (!var.name || !take(p, " "))
			return fail(p, "NAME TYPE");
		var.type = type_word(p);
		if (!var.type || !end_of_row(p))
			return false;
		if (b->vars.n >= MAX_VARIABLES)
			return fail(p, "fewer variables");
		VEC_PUSH(&b->vars, var);
		fn->nparams += param;
	}
	fn->nvars = b->vars.n;
	fn->vars = b->vars.at;
	return true;
}

/* "%3" or "%3:TYPE" in front of " = ": makes the temporary. */
static const struct expr *new_temporary(struct parse *p, struct building *b)
{
	struct variable var = { 0 };
	struct expr *e;
	const char *start;
	unsigned n;

	if (!natural(p, &n) || n != p->function->ntemps + 1 ||
	    n > MAX_VARIABLES) {
		fail(p, "the next temporary");
		return NULL;
	}
	if (take(p, ":")) {
		start = p->at;
		while (p->at < p->end && *p->at != ' ' && *p->at != '\n')
			p->at++;
		var.type = program_type(p->program, start, p->at - start);
		if (!var.type) {
			fail(p, "a type");
			return NULL;
		}
	}
	VEC_PUSH(&b->vars, var);
	p->function->vars = b->vars.at;
	p->function->ntemps++;
	e = arena_new(&run_arena, struct expr);
	e->op = EXPR_VAR;
	e->var = p->function->nvars + n - 1;
	e->type = var.type;
	return e;
}

static bool arguments(struct parse *p, struct insn *insn)
{
	const struct expr *args[256], *arg;
	unsigned n = 0;

	if (!take(p, "("))
		return fail(p, "'('");
	while (!take(p, ")")) {
		if (n && !take(p, ", "))
			return fail(p, "', ' or ')'");
		if (n >= ARRAY_SIZE(args))
			return fail(p, "fewer arguments");
		arg = expr_parse(p);
		if (!arg)
			return false;
		args[n++] = arg;
	}
	insn->nargs = n;
	insn->args = arena_copy(&run_arena, args, n * sizeof(args[0]));
	return true;
}

/* The word that a row begins with; a variable may be called the same. */
static bool take_word(struct parse *p, const char *word)
{
	const char *back = p->at;

	if (!take(p, word))
		return false;
	if (!take(p, "= "))
		return true;
	p->at = back;
	return false;
}

static bool read_insn(struct parse *p, struct building *b)
{
	struct insn insn = { .site = b->insns.n };
	const struct expr *to;

	if (!natural(p, &insn.line) || !take(p, ":") ||
	    !natural(p, &insn.col) || !take(p, " "))
		return fail(p, "LINE:COLUMN");
	if (take(p, "return")) {
		insn.kind = INSN_RETURN;
		if (take(p, " ") && !(insn.value = expr_parse(p)))
			return false;
	} else if (take_word(p, "clear ")) {
		insn.kind = INSN_CLEAR;
		insn.to = expr_parse(p);
		if (!insn.to)
			return false;
	} else {
		if (!take_word(p, "call ")) {
			/* A temporary is made by the row that sets it. */
			if (take(p, "%")) {
				const char *back = p->at;
				unsigned n;

				if (natural(p, &n) && n <= p->function->ntemps) {
					p->at = back - 1;
					to = expr_parse(p);
				} else {
					p->at = back;
					to = new_temporary(p, b);
				}
			} else {
				to = expr_parse(p);
			}
			if (!to)
				return false;
			insn.to = to;
			if (!take(p, " = "))
				return fail(p, "' = '");
			insn.kind = INSN_ASSIGN;
			if (take(p, "call "))
				insn.kind = INSN_CALL;
		} else {
			insn.kind = INSN_CALL;
		}
		insn.value = expr_parse(p);
		if (!insn.value)
			return false;
		if (insn.kind == INSN_CALL && !arguments(p, &insn))
			return false;
	}
	VEC_PUSH(&b->insns, insn);
	return end_of_row(p);
}

static bool block_number(struct parse *p, unsigned *n)
{
	if (!take(p, "b") || !natural(p, n))
		return fail(p, "a block such as b3");
	if (*n > MAX_BLOCKS)
		return fail(p, "fewer blocks");
	return true;
}

static bool add_target(struct parse *p, struct building *b,
		       struct range_target target)
{
	if (!block_number(p, &target.block))
		return false;
	VEC_PUSH(&b->targets, target);
	return true;
}

static bool switch_targets(struct parse *p, struct building *b)
{
	while (take(p, " ")) {
		struct range_target target = { 0 };

		if (take(p, "else")) {
			target.is_else = true;
		} else {
			if (!integer(p, &target.low))
				return fail(p, "a case");
			target.high = target.low;
			if (take(p, "..") && !integer(p, &target.high))
				return fail(p, "the end of a range");
		}
		if (!take(p, ":"))
			return fail(p, "':'");
		if (!add_target(p, b, target))
			return false;
	}
	return end_of_row(p);
}

/* The last row of a block. *@done says whether it was one. */
static bool read_exit(struct parse *p, struct building *b, struct block *block,
		      bool *done)
{
	struct range_target none = { 0 };
	const char *back = p->at;

	*done = true;
	if (take(p, "exit")) {
		block->exit = EXIT_RETURN;
		return end_of_row(p);
	}
	if (take(p, "stop")) {
		block->exit = EXIT_STOP;
		return end_of_row(p);
	}
	if (take(p, "goto ")) {
		block->exit = EXIT_GOTO;
		return add_target(p, b, none) && end_of_row(p);
	}
	if (take(p, "any")) {
		block->exit = EXIT_ANY;
		while (take(p, " ")) {
			if (take(p, "-"))
				continue;
			if (!add_target(p, b, none))
				return false;
		}
		return end_of_row(p);
	}
	if (natural(p, &block->line) && take(p, ":") &&
	    natural(p, &block->col) && take(p, " ")) {
		if (take(p, "if ")) {
			block->exit = EXIT_IF;
			block->cond = expr_parse(p);
			if (!block->cond)
				return false;
			if (!take(p, " ") || !add_target(p, b, none))
				return fail(p, "two blocks");
			if (!take(p, " ") || !add_target(p, b, none))
				return fail(p, "two blocks");
			return end_of_row(p);
		}
		if (take(p, "switch ")) {
			block->exit = EXIT_SWITCH;
			block->cond = expr_parse(p);
			return block->cond && switch_targets(p, b);
		}
	}
	p->at = back;
	*done = false;
	return true;
}

static bool read_block(struct parse *p, struct building *b)
{
	struct block block = { 0 };
	unsigned number;
	bool done;

	if (!block_number(p, &number) || !end_of_row(p))
		return false;
	if (number != b->blocks.n)
		return fail(p, "blocks in order");
	VEC_PUSH(&b->first, b->insns.n);
	VEC_PUSH(&b->first_target, b->targets.n);
	for (;;) {
		if (!read_exit(p, b, &block, &done))
			return false;
		if (done)
			break;
		if (!read_insn(p, b))
			return false;
	}
	VEC_PUSH(&b->blocks, block);
	return true;
}

static bool finish_function(struct parse *p, struct function *fn,
			    struct building *b)
{
	struct range_target *targets;
	struct insn *insns;
	unsigned i;

	if (!b->blocks.n)
		return fail(p, "a block");
	for (i = 0; i < b->targets.n; i++)
		if (b->targets.at[i].block >= b->blocks.n)
			return error_set(p->err, "%s:%u: %s() goes on in b%u, which it does not have",
					 p->name, p->line, fn->name,
					 b->targets.at[i].block);
	insns = arena_copy(&run_arena, b->insns.at,
			   b->insns.n * sizeof(*insns));
	targets = arena_copy(&run_arena, b->targets.at,
			     b->targets.n * sizeof(*targets));
	for (i = 0; i < b->blocks.n; i++) {
		struct block *block = &b->blocks.at[i];
		bool last = i + 1 == b->blocks.n;

		block->insns = insns + b->first.at[i];
		block->ninsns = (last ? b->insns.n : b->first.at[i + 1]) -
				b->first.at[i];
		block->targets = targets + b->first_target.at[i];
		block->ntargets = (last ? b->targets.n
					: b->first_target.at[i + 1]) -
				  b->first_target.at[i];
	}
	fn->nsites = b->insns.n;
	fn->nblocks = b->blocks.n;
	fn->blocks = arena_copy(&run_arena, b->blocks.at,
				b->blocks.n * sizeof(*fn->blocks));
	fn->vars = arena_copy(&run_arena, b->vars.at,
			      b->vars.n * sizeof(*fn->vars));
	return true;
}

/* Kept over functions, so that their room is asked for once. */
static struct building building;

static bool read_body(struct parse *p, struct function *fn)
{
	struct building *b = &building;

	b->vars.n = b->blocks.n = b->insns.n = 0;
	b->first.n = b->targets.n = b->first_target.n = 0;
	if (!variables(p, fn, b))
		return false;
	while (p->at < p->end && *p->at == 'b')
		if (!read_block(p, b))
			return false;
	return finish_function(p, fn, b);
}

/* An inline function of a header shows in every unit that uses it. */
struct inline_text {
	uint64_t hash;
	struct function *fn;
	struct inline_text *next;
};

static const char *function_end(struct parse *p)
{
	const char *at = p->at;

	while (at < p->end) {
		const char *newline = memchr(at, '\n', p->end - at);

		if (!newline)
			return p->end;
		at = newline + 1;
		if (p->end - at >= 4 &&
		    (!memcmp(at, "func", 4) || !memcmp(at, "end ", 4)))
			return at;
	}
	return p->end;
}

static unsigned count_lines(const char *from, const char *to)
{
	unsigned n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

static bool read_function(struct parse *p)
{
	struct inline_text *known = NULL, *same;
	struct symbol *symbol;
	struct function *fn;
	uint64_t hash = 0;
	const char *stop, *start = p->at, *key;
	char text[600];
	bool ok;

	fn = arena_new(&run_arena, struct function);
	if (!header(p, fn))
		return false;
	fn->unit = p->unit;
	key = fn->name;
	if (fn->linkage == LINK_INLINE) {
		stop = function_end(p);
		hash = XXH3_64bits(start, stop - start);
		snprintf(text, sizeof(text), "%s:%u %s", fn->file, fn->line,
			 fn->name);
		known = table_get(&p->program->tables->inlines, intern(text));
		for (same = known; same; same = same->next)
			if (same->hash == hash)
				break;
		if (same) {
			p->line += count_lines(p->at, stop);
			p->at = stop;
			symbol = symbol_of(p->program, &p->unit->symbols->symbols,
					   key);
			symbol->def = same->fn;
			symbol->unit = p->unit;
			return true;
		}
	}
	symbol = symbol_of(p->program,
			   fn->linkage == LINK_GLOBAL
			   ? &p->program->tables->symbols
			   : &p->unit->symbols->symbols, key);
	if (symbol->def && fn->linkage == LINK_GLOBAL) {
		/* Two modules may each have one; the first in order stays. */
		symbol = arena_new(&run_arena, struct symbol);
		symbol->name = key;
		symbol->id = p->program->symbols.n;
		VEC_PUSH(&p->program->symbols, symbol);
	}
	symbol->def = fn;
	fn->symbol = symbol;
	if (fn->linkage != LINK_GLOBAL)
		symbol->unit = p->unit;
	p->function = fn;
	ok = read_body(p, fn);
	p->function = NULL;
	if (!ok)
		return false;
	VEC_PUSH(&p->program->functions, fn);
	if (fn->linkage == LINK_INLINE) {
		same = arena_new(&run_arena, struct inline_text);
		same->hash = hash;
		same->fn = fn;
		same->next = known;
		table_set(&p->program->tables->inlines, intern(text), same);
	}
	return true;
}

/*
 * Names of static functions are known before any body is read: a body may
 * name one that comes after it.
 */
static bool declare_statics(struct parse *p)
{
	const char *at = p->at;

	while (at < p->end) {
		const char *newline = memchr(at, '\n', p->end - at);
		const char *name, *blank;

		if (!newline)
			break;
		if (newline - at > 5 && !memcmp(at, "func ", 5)) {
			name = at + 5;
			blank = memchr(name, ' ', newline - name);
			if (blank && newline - blank > 7 &&
			    memcmp(blank, " global", 7))
				symbol_of(p->program, &p->unit->symbols->symbols,
					  intern_n(name, blank - name));
		}
		at = newline + 1;
	}
	return true;
}

static bool check_frame(struct parse *p, const char *text, size_t len)
{
	char mark[32];
	size_t tail;

	if (!take(p, "mmucheck-facts "))
		return error_set(p->err, "%s: no facts: expected 'mmucheck-facts %d' first",
				 p->name, FACTS_VERSION);
	if (!take(p, "1\n"))
		return error_set(p->err, "%s: facts of another version: expected 'mmucheck-facts %d'; make them anew",
				 p->name, FACTS_VERSION);
	p->line = 2;
	if (len < 21 || memcmp(text + len - 21, "end ", 4) ||
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

		if (take(p, "func "))
			ok = read_function(p);
		else if (take(p, "field "))
			ok = read_field(p);
		else if (take(p, "slot "))
			ok = read_slot(p);
		else if (take(p, "global "))
			ok = read_global(p);
		else if (take(p, "type "))
			ok = read_type(p);
		else
			ok = fail(p, "type, field, global, slot or func");
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
	if (!take(p, "unit ") || !(unit->name = interned_word(p)))
		return fail(p, "'unit FILE'");
	if (!end_of_row(p))
		return false;
	if (!take(p, "target ") || !(program->arch = interned_word(p)) ||
	    !take(p, " ") || !natural(p, &program->pointer_bits) ||
	    !end_of_row(p))
		return fail(p, "'target ARCH BITS'");
	VEC_PUSH(&program->units, unit);
	return declare_statics(p) && read_rows(p);
}
