/* SPDX-License-Identifier: GPL-2.0-only */
/* One row of a contract file while it is read: its words, and what is to come. */
#ifndef MMUCHECK_CONTRACT_READ_H
#define MMUCHECK_CONTRACT_READ_H

#include "contract.h"

#define MAX_WORDS	64

struct reader {
	struct contracts *contracts;
	const char *file;
	unsigned line;
	struct error *err;
	struct row *row;
	const char *words[MAX_WORDS];
	unsigned n, at;
	const char *params[16];		/* of the function of this row */
	unsigned nparams;
	unsigned rest;			/* from there on they are the last ones */
};

/* Says what was expected instead of the word at hand; always false. */
bool expects(struct reader *r, const char *expected);
/* True if @word is at hand; then the next one is. */
bool word_is(struct reader *r, const char *word);
const char *word_next(struct reader *r);
bool word_number(const char *text, int64_t *value);

void flavour_add(struct contracts *contracts, struct flavour *flavour);
/* contract_add() - fails if @name has one; contract_put() takes its place */
bool contract_add(struct reader *r, struct contract *contract, const char *name);
void contract_put(struct reader *r, struct contract *contract, const char *name);

/* What the rows about functions, and all others, are read by. */
bool read_fn(struct reader *r);
bool read_also(struct reader *r);
bool read_on(struct reader *r);

bool read_flavour(struct reader *r);
bool read_order(struct reader *r);
bool read_never(struct reader *r);
bool read_inside(struct reader *r);
bool read_leaf(struct reader *r);
bool read_guard(struct reader *r);
bool read_entry(struct reader *r);
bool read_value(struct reader *r);
bool read_nocall(struct reader *r);
bool read_allow(struct reader *r);
bool read_part(struct reader *r);
bool read_scope(struct reader *r);
bool read_foreign(struct reader *r);
bool read_apart(struct reader *r);
bool read_sticky(struct reader *r);
bool read_counter(struct reader *r);
bool read_lock_types(struct reader *r);
bool read_mark(struct reader *r);
bool read_alias(struct reader *r);
bool read_address(struct reader *r);
bool read_carries(struct reader *r);

#endif
