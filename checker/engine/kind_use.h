/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a value goes: into what place, through how many bits, beside what other
 * value.  What of it is an address, and may be lost or mixed up, asks the caller.
 */
#ifndef MMUCHECK_KIND_USE_H
#define MMUCHECK_KIND_USE_H

#include "kind.h"

enum use_way {
	USE_PUT,		/* where an address of kind "as" is declared */
	USE_CAST,		/* to "bits"; "as" as above, or NULL */
	USE_BITFIELD,		/* put into "bits" */
	USE_MASK,		/* by a mask of "bits" */
	USE_COMPARISON,		/* with "other" */
	USE_DIFFERENCE,		/* from "other" */
	USE_WAYS
};

struct use {
	enum use_way way;
	const struct expr *value;
	unsigned bits;
	const struct address *as;
	const struct expr *other;

	const struct function *fn;
	unsigned block, insn;		/* insn: ninsns at the condition */
	unsigned line, col;
	const struct symbol *callee;	/* that it is an argument of, or NULL */
};

struct use_visitor {
	struct kinds *kinds;
	void (*visit)(void *data, const struct use *use);
	void *data;
};

/* Every use in every function; those of one instruction follow each other. */
void each_use(struct link *link, const struct use_visitor *visitor);

/* True if the function keeps the upper part of the value, too: "value >> bits" */
bool is_split(const struct use *use);

#endif
