/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading rows, word by word; for the files of this folder only. */
#ifndef MMUCHECK_FACTS_ROW_H
#define MMUCHECK_FACTS_ROW_H

#include "tables.h"

#include <string.h>

/* Says what was expected where @p stands; false, so that "return" reads well. */
bool row_fail(struct parse *p, const char *expected);

/* Each moves behind what it found, and stays where it is if that is not there. */
static inline bool row_take(struct parse *p, const char *token)
{
	size_t len = strlen(token);

	if ((size_t)(p->end - p->at) < len || memcmp(p->at, token, len))
		return false;
	p->at += len;
	return true;
}

const char *row_word(struct parse *p, size_t *len);
const char *row_name(struct parse *p);		/* a word, interned */
bool row_natural(struct parse *p, unsigned *n);
bool row_integer(struct parse *p, int64_t *value);

/* These say what is wrong themselves. */
bool row_end(struct parse *p);
const struct type *row_type(struct parse *p);
bool row_args(struct parse *p, const struct expr ***args, unsigned *nargs);

/* "FILE:LINE:COLUMN" */
bool row_place(struct parse *p, struct function *fn);

/* "func NAME ...", "decl NAME ..." and "unread NAME ..." behind the first word */
bool read_function(struct parse *p);
bool read_declaration(struct parse *p);
bool read_unread(struct parse *p);

/* "WORD(ARGS)" and the end of the row */
bool read_contract_attr(struct parse *p, struct contract_attr *attr);

#endif
