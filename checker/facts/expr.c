// SPDX-License-Identifier: GPL-2.0-only
/* The text of an expression to a tree with types, and back. */

#include "row.h"

#include <stdio.h>
#include <string.h>

/* No hand-written C comes near; a hostile file must not exhaust the stack. */
#define MAX_DEPTH	300

static const struct expr *operand(struct parse *p);
static const struct expr *inner(struct parse *p);

static const struct expr *fail(struct parse *p, const char *expected)
{
	error_set(p->err, "%s:%u: expected %s", p->name, p->line, expected);
	return NULL;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '\'';
}

static const char *name(struct parse *p, size_t *len)
{
	const char *start = p->at;

	while (p->at < p->end && is_name(*p->at))
		p->at++;
	*len = p->at - start;
	return *len ? start : NULL;
}

static struct expr *make(enum expr_op op, const struct expr *a)
{
	struct expr *e = arena_new(&run_arena, struct expr);

	e->op = op;
	e->a = a;
	return e;
}

/* What a string says: only a contract has one that says something. */
static const struct expr *string(struct parse *p)
{
	const char *start = p->at;
	struct expr *e = make(EXPR_STRING, NULL);

	while (p->at < p->end && *p->at != '"' && *p->at != '\n')
		p->at++;
	if (p->at > start)
		e->text = intern_n(start, p->at - start);
	return row_take(p, "\"") ? e : fail(p, "'\"'");
}

static const struct expr *number(struct parse *p)
{
	struct expr *e = make(EXPR_INT, NULL);

	return row_integer(p, &e->value) ? e : fail(p, "a number of 64 bits");
}

static const struct expr *variable(struct parse *p)
{
	const char *text, *key;
	struct expr *e;
	size_t len;
	unsigned i;

	text = name(p, &len);
	if (!text)
		return fail(p, "an expression");
	key = intern_n(text, len);
	for (i = 0; p->function && i < p->function->nvars; i++)
		if (p->function->vars[i].name == key) {
			e = make(EXPR_VAR, NULL);
			e->var = i;
			e->type = p->function->vars[i].type;
			return e;
		}
	error_set(p->err, "%s:%u: '%s' is no parameter or local variable here",
		  p->name, p->line, key);
	return NULL;
}

static const struct expr *temporary(struct parse *p)
{
	struct expr *e;
	unsigned n;

	if (!row_natural(p, &n) || n < 1 || !p->function ||
	    n > p->function->ntemps)
		return fail(p, "a temporary that a row before it sets");
	e = make(EXPR_VAR, NULL);
	e->var = p->function->nvars + n - 1;
	e->type = p->function->vars[e->var].type;
	return e;
}

static const struct expr *primary(struct parse *p)
{
	struct symbol *symbol;
	const struct expr *in;
	const char *text, *key;
	struct global *global;
	struct expr *e;
	size_t len;

	if (p->at >= p->end)
		return fail(p, "an expression");
	if (row_take(p, "?"))
		return make(EXPR_UNKNOWN, NULL);
	if (row_take(p, "\""))
		return string(p);
	if (row_take(p, "%"))
		return temporary(p);
	if (row_take(p, "(")) {
		in = inner(p);
		if (in && !row_take(p, ")"))
			return fail(p, "')'");
		return in;
	}
	if (row_take(p, "@")) {
		text = name(p, &len);
		if (!text)
			return fail(p, "a function's name");
		key = intern_n(text, len);
		symbol = p->unit ? table_get(&p->unit->symbols->symbols, key) : NULL;
		if (!symbol)
			symbol = symbol_of(p->program, &p->program->tables->symbols,
					   key);
		e = make(EXPR_FUNCTION, NULL);
		e->symbol = symbol;
		return e;
	}
	if (row_take(p, "$")) {
		text = name(p, &len);
		if (!text)
			return fail(p, "a variable's name");
		key = intern_n(text, len);
		global = p->unit ? table_get(&p->unit->symbols->globals, key) : NULL;
		if (!global)
			global = global_of(p->program, &p->program->tables->globals,
					   key);
		e = make(EXPR_GLOBAL, NULL);
		e->global = global;
		e->type = global->type;
		return e;
	}
	if (*p->at >= '0' && *p->at <= '9')
		return number(p);
	return variable(p);
}

static const struct type *target_of(const struct type *type)
{
	return type && (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY)
		? type->to : NULL;
}

static const struct expr *member(struct parse *p, const struct expr *base)
{
	const struct type *record = base->type;
	struct expr *e;
	const char *text;
	char key[512];
	size_t len;

	text = name(p, &len);
	if (!text)
		return fail(p, "a member's name");
	if (!record || record->kind != TYPE_RECORD) {
		error_set(p->err, "%s:%u: '.%.*s' of what is no struct or union",
			  p->name, p->line, (int)len, text);
		return NULL;
	}
	if (snprintf(key, sizeof(key), "%s.%.*s", record->name, (int)len,
		     text) >= (int)sizeof(key))
		return fail(p, "a shorter name");
	e = make(EXPR_FIELD, base);
	e->field = field_of(p->program, intern(key));
	if (!e->field->type) {
		error_set(p->err, "%s:%u: no 'field' row for %s", p->name,
			  p->line, key);
		return NULL;
	}
	e->type = e->field->type;
	return e;
}

static const struct expr *deref(const struct expr *pointer)
{
	struct expr *e = make(EXPR_DEREF, pointer);

	e->type = target_of(pointer->type);
	return e;
}

static const struct expr *postfix(struct parse *p)
{
	const struct expr *e = primary(p), *index;

	while (e && p->at < p->end) {
		if (row_take(p, "->")) {
			e = member(p, deref(e));
		} else if (p->at[0] == '.' && p->at + 1 < p->end &&
			   is_name(p->at[1])) {
			p->at++;
			e = member(p, e);
		} else if (row_take(p, "[")) {
			struct expr *element;

			index = operand(p);
			if (!index)
				return NULL;
			if (!row_take(p, "]"))
				return fail(p, "']'");
			/* An index into what a pointer points to. */
			if (e->type && e->type->kind == TYPE_POINTER)
				e = deref(e);
			element = make(EXPR_INDEX, e);
			element->b = index;
			element->type = e->type && e->type->kind == TYPE_ARRAY
				? e->type->to : e->type;
			e = element;
		} else {
			break;
		}
	}
	return e;
}

static const struct expr *cast(struct parse *p)
{
	const char *start = p->at;
	const struct type *type;
	const struct expr *of;
	struct expr *e;

	while (p->at < p->end && *p->at != '>' && *p->at != '\n')
		p->at++;
	type = program_type(p->program, start, p->at - start);
	if (!type || !row_take(p, ">"))
		return fail(p, "a type between '<' and '>'");
	of = operand(p);
	if (!of)
		return NULL;
	e = make(EXPR_CAST, of);
	e->type = type;
	return e;
}

static const struct expr *unary(enum unary_op op, struct parse *p)
{
	const struct expr *of = operand(p);
	struct expr *e;

	if (!of)
		return NULL;
	e = make(EXPR_UNARY, of);
	e->sub = op;
	e->type = op == UN_NOT ? NULL : of->type;
	return e;
}

static const struct expr *prefix(struct parse *p)
{
	const struct expr *of;
	struct expr *e;

	if (p->at >= p->end)
		return fail(p, "an expression");
	switch (*p->at) {
	case '*':
		p->at++;
		of = operand(p);
		return of ? deref(of) : NULL;
	case '&':
		p->at++;
		of = operand(p);
		if (!of)
			return NULL;
		e = make(EXPR_ADDRESS, of);
		e->type = of->type ? type_pointer(of->type) : NULL;
		return e;
	case '!':
		p->at++;
		return unary(UN_NOT, p);
	case '~':
		p->at++;
		return unary(UN_COMPLEMENT, p);
	case '-':
		if (p->at + 1 < p->end && p->at[1] >= '0' && p->at[1] <= '9')
			return number(p);
		p->at++;
		return unary(UN_MINUS, p);
	case '<':
		p->at++;
		return cast(p);
	default:
		return postfix(p);
	}
}

static const struct {
	const char *token;
	enum binary_op op;
} binaries[] = {
	{ " << ", BIN_SHL }, { " >> ", BIN_SHR }, { " <= ", BIN_LE },
	{ " >= ", BIN_GE }, { " == ", BIN_EQ }, { " != ", BIN_NE },
	{ " && ", BIN_LAND }, { " || ", BIN_LOR }, { " + ", BIN_ADD },
	{ " - ", BIN_SUB }, { " * ", BIN_MUL }, { " / ", BIN_DIV },
	{ " % ", BIN_REM }, { " & ", BIN_AND }, { " | ", BIN_OR },
	{ " ^ ", BIN_XOR }, { " < ", BIN_LT }, { " > ", BIN_GT },
};

/* Without parentheses around it there is no operator between operands. */
static const struct expr *operand(struct parse *p)
{
	const struct expr *e;

	if (++p->depth > MAX_DEPTH)
		return fail(p, "an expression less deep");
	e = prefix(p);
	p->depth--;
	return e;
}

static const struct expr *choice(struct parse *p, const struct expr *cond)
{
	const struct expr *yes, *no;
	struct expr *e;

	yes = operand(p);
	if (!yes)
		return NULL;
	if (!row_take(p, " : "))
		return fail(p, "' : '");
	no = operand(p);
	if (!no)
		return NULL;
	e = make(EXPR_CONDITIONAL, cond);
	e->b = yes;
	e->c = no;
	e->type = yes->type ? yes->type : no->type;
	return e;
}

/* What stands between parentheses: "a", "a + b" or "a ? b : c". */
static const struct expr *inner(struct parse *p)
{
	const struct expr *first = operand(p), *second;
	struct expr *e;
	unsigned i;

	if (!first)
		return NULL;
	if (row_take(p, " ? "))
		return choice(p, first);
	for (i = 0; i < ARRAY_SIZE(binaries); i++) {
		if (!row_take(p, binaries[i].token))
			continue;
		second = operand(p);
		if (!second)
			return NULL;
		e = make(EXPR_BINARY, first);
		e->sub = binaries[i].op;
		e->b = second;
		if (e->sub < BIN_EQ)
			e->type = first->type;
		return e;
	}
	return first;
}

const struct expr *expr_parse(struct parse *parse)
{
	parse->depth = 0;
	return operand(parse);
}

/* Printing */

struct out {
	char *at, *end;
};

static void put(struct out *out, const char *text)
{
	while (*text && out->at < out->end)
		*out->at++ = *text++;
}

static void print(struct out *out, const struct function *fn,
		  const struct expr *e)
{
	char digits[32];
	unsigned i;

	switch (e->op) {
	case EXPR_UNKNOWN:
		put(out, "?");
		break;
	case EXPR_INT:
		snprintf(digits, sizeof(digits), "%lld", (long long)e->value);
		put(out, digits);
		break;
	case EXPR_STRING:
		put(out, "\"\"");
		break;
	case EXPR_VAR:
		if (fn && e->var < fn->nvars) {
			put(out, fn->vars[e->var].name);
		} else {
			snprintf(digits, sizeof(digits), "%%%u",
				 e->var - (fn ? fn->nvars : 0) + 1);
			put(out, digits);
		}
		break;
	case EXPR_GLOBAL:
		put(out, e->global->name);
		break;
	case EXPR_FUNCTION:
		put(out, e->symbol->name);
		break;
	case EXPR_FIELD:
		if (e->a->op == EXPR_DEREF) {
			print(out, fn, e->a->a);
			put(out, "->");
		} else {
			print(out, fn, e->a);
			put(out, ".");
		}
		put(out, e->field->name);
		break;
	case EXPR_DEREF:
	case EXPR_ADDRESS:
		put(out, e->op == EXPR_DEREF ? "*" : "&");
		print(out, fn, e->a);
		break;
	case EXPR_INDEX:
		print(out, fn, e->a->op == EXPR_DEREF ? e->a->a : e->a);
		put(out, "[");
		print(out, fn, e->b);
		put(out, "]");
		break;
	case EXPR_UNARY:
		put(out, e->sub == UN_NOT ? "!" : e->sub == UN_MINUS ? "-" : "~");
		print(out, fn, e->a);
		break;
	case EXPR_BINARY:
		put(out, "(");
		print(out, fn, e->a);
		for (i = 0; i < ARRAY_SIZE(binaries); i++)
			if (binaries[i].op == e->sub)
				put(out, binaries[i].token);
		print(out, fn, e->b);
		put(out, ")");
		break;
	case EXPR_CONDITIONAL:
		put(out, "(");
		print(out, fn, e->a);
		put(out, " ? ");
		print(out, fn, e->b);
		put(out, " : ");
		print(out, fn, e->c);
		put(out, ")");
		break;
	case EXPR_CAST:
		print(out, fn, e->a);
		break;
	}
}

void expr_print(const struct function *function, const struct expr *expr,
		char *buf, size_t size)
{
	struct out out = { buf, buf + size - 1 };

	print(&out, function, expr);
	*out.at = 0;
}
