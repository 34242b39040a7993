/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What became of each assert and each contract row that asks for something:
 * proved on every path that gets there, broken on one that a finding tells, or
 * open, with the assumption that is in the way.
 */
#ifndef MMUCHECK_VERDICT_H
#define MMUCHECK_VERDICT_H

#include "finding.h"

enum verdict_kind {
	VERDICT_PROVED,
	VERDICT_BROKEN,
	VERDICT_OPEN,
	VERDICTS
};

struct verdict {
	const struct function *fn;
	const struct insn *insn;	/* the call that asks */
	const struct symbol *asks;	/* whom it calls, e.g. an assert */
	enum verdict_kind kind;
	const char *assumption;		/* of an open one */
	bool reached, unknown, blameless;
	const struct function *entry;	/* from where it is not known to hold */
};

struct verdicts {
	VEC(struct verdict) all;	/* by function, then by site */
	unsigned *first;		/* by function id: the first of it */
};

/* Every call in @link that asks for something. */
struct verdicts *verdicts_new(struct link *link);

/* To be shown every event of a replay, as rules are. */
void verdicts_watch(struct verdicts *verdicts, const struct event *event);

/* When all was shown and @findings are there. */
void verdicts_settle(struct verdicts *verdicts, const struct findings *findings);

const char *verdict_name(enum verdict_kind kind);

#endif
