// SPDX-License-Identifier: GPL-2.0-only
/* The words that rows are made of. */

#include "row.h"

#include <string.h>

bool row_fail(struct parse *p, const char *expected)
{
	return error_set(p->err, "%s:%u: expected %s", p->name, p->line, expected);
}

bool row_end(struct parse *p)
{
	if (!row_take(p, "\n"))
		return row_fail(p, "the end of the row");
	p->line++;
	return true;
}

/* A word: up to a blank or the end of the row. */
const char *row_word(struct parse *p, size_t *len)
{
	const char *start = p->at;

	while (p->at < p->end && *p->at != ' ' && *p->at != '\n')
		p->at++;
	*len = p->at - start;
	return *len ? start : NULL;
}

const char *row_name(struct parse *p)
{
	size_t len;
	const char *text = row_word(p, &len);

	return text ? intern_n(text, len) : NULL;
}

bool row_natural(struct parse *p, unsigned *n)
{
	const char *start = p->at;
	unsigned value = 0;

	while (p->at < p->end && *p->at >= '0' && *p->at <= '9' &&
	       value < 400000000)
		value = value * 10 + (*p->at++ - '0');
	*n = value;
	return p->at > start;
}

bool row_integer(struct parse *p, int64_t *value)
{
	bool minus = row_take(p, "-");
	const char *start = p->at;
	uint64_t n = 0;

	while (p->at < p->end && *p->at >= '0' && *p->at <= '9') {
		unsigned digit = *p->at++ - '0';

		if (n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*value = minus ? (int64_t)(0 - n) : (int64_t)n;
	return p->at > start;
}

const struct type *row_type(struct parse *p)
{
	size_t len;
	const char *text = row_word(p, &len);
	const struct type *type;

	type = text ? program_type(p->program, text, len) : NULL;
	if (!type)
		row_fail(p, "a type");
	return type;
}

bool row_args(struct parse *p, const struct expr ***args, unsigned *nargs)
{
	const struct expr *list[256], *arg;
	unsigned n = 0;

	if (!row_take(p, "("))
		return row_fail(p, "'('");
	while (!row_take(p, ")")) {
		if (n && !row_take(p, ", "))
			return row_fail(p, "', ' or ')'");
		if (n >= ARRAY_SIZE(list))
			return row_fail(p, "fewer arguments");
		arg = expr_parse(p);
		if (!arg)
			return false;
		list[n++] = arg;
	}
	*nargs = n;
	*args = arena_copy(&run_arena, list, n * sizeof(list[0]));
	return true;
}

bool row_place(struct parse *p, struct function *fn)
{
	const char *file = p->at, *colon = memchr(file, ':', p->end - file);

	if (!colon || memchr(file, '\n', colon - file))
		return row_fail(p, "FILE:LINE:COLUMN");
	fn->file = intern_n(file, colon - file);
	p->at = colon + 1;
	if (!row_natural(p, &fn->line) || !row_take(p, ":") ||
	    !row_natural(p, &fn->col))
		return row_fail(p, "FILE:LINE:COLUMN");
	return true;
}
