// SPDX-License-Identifier: GPL-2.0-only
/* The text of a function to blocks and instructions. */

#include "row.h"

#include <stdio.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define MAX_VARIABLES	20000
#define MAX_BLOCKS	100000

struct building {
	VEC(struct variable) vars;
	VEC(struct block) blocks;
	VEC(struct insn) insns;
	VEC(unsigned) first;		/* of each block, in insns */
	VEC(struct range_target) targets;
	VEC(unsigned) first_target;
	VEC(struct contract_attr) attrs;
};

/* "NAME LINKAGE FILE:LINE:COLUMN:END TYPE" */
static bool header(struct parse *p, struct function *fn)
{
	fn->name = row_name(p);
	if (!fn->name || !row_take(p, " "))
		return row_fail(p, "a function's name");
	if (row_take(p, "global "))
		fn->linkage = LINK_GLOBAL;
	else if (row_take(p, "static "))
		fn->linkage = LINK_STATIC;
	else if (row_take(p, "inline "))
		fn->linkage = LINK_INLINE;
	else
		return row_fail(p, "global, static or inline");
	if (!row_place(p, fn))
		return false;
	if (!row_take(p, ":") || !row_natural(p, &fn->end) || !row_take(p, " "))
		return row_fail(p, "':END' and a type");
	fn->type = row_type(p);
	return fn->type != NULL;
}

static bool add_variable(struct parse *p, struct building *b,
			 struct variable var)
{
	unsigned i;

	for (i = 0; i < b->vars.n; i++)
		if (b->vars.at[i].name == var.name)
			return error_set(p->err, "%s:%u: a second '%s': expected another name",
					 p->name, p->line, var.name);
	if (b->vars.n >= MAX_VARIABLES)
		return row_fail(p, "fewer variables");
	VEC_PUSH(&b->vars, var);
	return true;
}

static bool variables(struct parse *p, struct function *fn, struct building *b)
{
	struct variable var = { 0 };

	for (;;) {
		bool param = row_take(p, "param ");

		if (!param && !row_take(p, "local "))
			break;
		if (param && fn->nparams != b->vars.n)
			return row_fail(p, "parameters before local variables");
		var.name = row_name(p);
		if (!var.name || !row_take(p, " "))
			return row_fail(p, "NAME TYPE");
		var.type = row_type(p);
		if (!var.type || !add_variable(p, b, var) || !row_end(p))
			return false;
		fn->nparams += param;
	}
	fn->nvars = b->vars.n;
	fn->vars = b->vars.at;
	return true;
}

static bool attributes(struct parse *p, struct function *fn, struct building *b)
{
	struct contract_attr attr;

	while (row_take(p, "attr ")) {
		if (!read_contract_attr(p, &attr))
			return false;
		VEC_PUSH(&b->attrs, attr);
	}
	fn->nattrs = b->attrs.n;
	fn->attrs = arena_copy(&run_arena, b->attrs.at,
			       b->attrs.n * sizeof(*fn->attrs));
	return true;
}

/* "%3" or "%3:TYPE" in front of " = ": makes the temporary. */
static const struct expr *new_temporary(struct parse *p, struct building *b)
{
	struct variable var = { 0 };
	struct expr *e;
	const char *start;
	unsigned n;

	if (!row_natural(p, &n) || n != p->function->ntemps + 1 ||
	    n > MAX_VARIABLES) {
		row_fail(p, "the next temporary");
		return NULL;
	}
	if (row_take(p, ":")) {
		start = p->at;
		while (p->at < p->end && *p->at != ' ' && *p->at != '\n')
			p->at++;
		var.type = program_type(p->program, start, p->at - start);
		if (!var.type) {
			row_fail(p, "a type");
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

/* The word that a row begins with; a variable may be called the same. */
static bool take_word(struct parse *p, const char *word)
{
	const char *back = p->at;

	if (!row_take(p, word))
		return false;
	if (!row_take(p, "= "))
		return true;
	p->at = back;
	return false;
}

/* A variable may be called "returned". */
static bool take_return(struct parse *p)
{
	const char *back = p->at;

	if (row_take(p, "return") && p->at < p->end &&
	    (*p->at == ' ' || *p->at == '\n'))
		return true;
	p->at = back;
	return false;
}

static bool read_insn(struct parse *p, struct building *b)
{
	struct insn insn = { .site = b->insns.n };
	const struct expr *to;

	if (!row_natural(p, &insn.line) || !row_take(p, ":") ||
	    !row_natural(p, &insn.col) || !row_take(p, " "))
		return row_fail(p, "LINE:COLUMN");
	if (take_return(p)) {
		insn.kind = INSN_RETURN;
		if (row_take(p, " ") && !(insn.value = expr_parse(p)))
			return false;
	} else if (take_word(p, "clear ")) {
		insn.kind = INSN_CLEAR;
		insn.to = expr_parse(p);
		if (!insn.to)
			return false;
	} else {
		if (!take_word(p, "call ")) {
			/* A temporary is made by the row that sets it. */
			if (row_take(p, "%")) {
				const char *back = p->at;
				unsigned n;

				if (row_natural(p, &n) && n <= p->function->ntemps) {
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
			if (!row_take(p, " = "))
				return row_fail(p, "' = '");
			insn.kind = INSN_ASSIGN;
			if (row_take(p, "call "))
				insn.kind = INSN_CALL;
		} else {
			insn.kind = INSN_CALL;
		}
		insn.value = expr_parse(p);
		if (!insn.value)
			return false;
		if (insn.kind == INSN_CALL && !row_args(p, &insn.args, &insn.nargs))
			return false;
	}
	VEC_PUSH(&b->insns, insn);
	return row_end(p);
}

static bool block_number(struct parse *p, unsigned *n)
{
	if (!row_take(p, "b") || !row_natural(p, n))
		return row_fail(p, "a block such as b3");
	if (*n > MAX_BLOCKS)
		return row_fail(p, "fewer blocks");
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
	while (row_take(p, " ")) {
		struct range_target target = { 0 };

		if (row_take(p, "else")) {
			target.is_else = true;
		} else {
			if (!row_integer(p, &target.low))
				return row_fail(p, "a case");
			target.high = target.low;
			if (row_take(p, "..") && !row_integer(p, &target.high))
				return row_fail(p, "the end of a range");
		}
		if (!row_take(p, ":"))
			return row_fail(p, "':'");
		if (!add_target(p, b, target))
			return false;
	}
	return row_end(p);
}

/* The last row of a block. *@done says whether it was one. */
static bool read_exit(struct parse *p, struct building *b, struct block *block,
		      bool *done)
{
	struct range_target none = { 0 };
	const char *back = p->at;

	*done = true;
	if (row_take(p, "exit")) {
		block->exit = EXIT_RETURN;
		return row_end(p);
	}
	if (row_take(p, "stop")) {
		block->exit = EXIT_STOP;
		return row_end(p);
	}
	if (row_take(p, "goto ")) {
		block->exit = EXIT_GOTO;
		return add_target(p, b, none) && row_end(p);
	}
	if (row_take(p, "any")) {
		block->exit = EXIT_ANY;
		while (row_take(p, " ")) {
			if (row_take(p, "-"))
				continue;
			if (!add_target(p, b, none))
				return false;
		}
		return row_end(p);
	}
	if (row_natural(p, &block->line) && row_take(p, ":") &&
	    row_natural(p, &block->col) && row_take(p, " ")) {
		if (row_take(p, "if ")) {
			block->exit = EXIT_IF;
			block->cond = expr_parse(p);
			if (!block->cond)
				return false;
			if (!row_take(p, " ") || !add_target(p, b, none))
				return row_fail(p, "two blocks");
			if (!row_take(p, " ") || !add_target(p, b, none))
				return row_fail(p, "two blocks");
			return row_end(p);
		}
		if (row_take(p, "switch ")) {
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

	if (!block_number(p, &number) || !row_end(p))
		return false;
	if (number != b->blocks.n)
		return row_fail(p, "blocks in order");
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
		return row_fail(p, "a block");
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

		block->insns = insns ? insns + b->first.at[i] : NULL;
		block->ninsns = (last ? b->insns.n : b->first.at[i + 1]) -
				b->first.at[i];
		block->targets = targets ? targets + b->first_target.at[i] : NULL;
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
	b->first.n = b->targets.n = b->first_target.n = b->attrs.n = 0;
	if (!variables(p, fn, b) || !attributes(p, fn, b))
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
		    (!memcmp(at, "func", 4) || !memcmp(at, "unre", 4)))
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

bool read_function(struct parse *p)
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
	fn->exported = row_take(p, " export");
	if (!row_end(p))
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
	if (symbol->def && symbol->def->unit == p->unit)
		return error_set(p->err, "%s:%u: a second %s(): expected another name",
				 p->name, p->line, key);
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
 * What the declaration of a function says whose body is not here. It may be in
 * another unit, or out of sight.
 */
bool read_declaration(struct parse *p)
{
	struct function *fn = arena_new(&run_arena, struct function);
	struct building *b = &building;

	fn->name = row_name(p);
	if (!fn->name || !row_take(p, " "))
		return row_fail(p, "a function's name");
	if (!row_place(p, fn) || !row_take(p, " "))
		return row_fail(p, "FILE:LINE:COLUMN and a type");
	fn->type = row_type(p);
	if (!fn->type || !row_end(p))
		return false;
	fn->unit = p->unit;
	fn->symbol = symbol_of(p->program, &p->program->tables->symbols, fn->name);
	b->vars.n = b->attrs.n = 0;
	p->function = fn;
	if (!variables(p, fn, b) || !attributes(p, fn, b))
		return false;
	p->function = NULL;
	fn->vars = arena_copy(&run_arena, b->vars.at,
			      b->vars.n * sizeof(*fn->vars));
	VEC_PUSH(&p->program->declarations, fn);
	return true;
}

bool read_unread(struct parse *p)
{
	struct function *fn = arena_new(&run_arena, struct function);
	struct unread unread = { .function = fn };
	const char *end;

	if (!header(p, fn))
		return false;
	end = memchr(p->at, '\n', p->end - p->at);
	if (!row_take(p, " ") || !end || end == p->at)
		return row_fail(p, "the reason why it was not read");
	unread.why = intern_n(p->at, end - p->at);
	p->at = end;
	fn->unit = p->unit;
	VEC_PUSH(&p->program->unread, unread);
	return row_end(p);
}
