/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files share that say what functions do to locks. */
#ifndef MMUCHECK_OUTCOME_H
#define MMUCHECK_OUTCOME_H

#include "propose.h"

struct yield {
	const struct context *context;
	const struct lock_class *cls;
};

struct outcome {
	struct analysis *analysis;
	struct proposals *proposals;
	bool mainline;
	VEC(struct yield) yields;
};

/* A lock that is the caller's afterwards, or is his no more. */
struct move {
	const struct lock_class *cls;
	const char *said;
	enum mode mode;
	bool drops;
};

/* A lock that has a place, and that annotations can be about. */
bool is_told_of(const struct outcome *o, const struct lock_class *cls);

/* "&kvm->mmu_lock"; NULL if the parameters do not lead there. */
const char *lock_said(const struct function *fn, const struct hold *hold);

const struct hold *hold_of(const struct state *state,
			   const struct lock_class *cls);

/* @has has the lock as @move says, the other state has none of its class. */
bool is_moved(const struct context *context, const struct state *has,
	      const struct state *lacks, const struct move *move);

void outcome_add(struct outcome *o, const struct function *fn, const char *word,
		 const char *first, const char *second);

/* 1: what is returned there is true, 0: false, -1: nobody knows */
int returned_truth(const struct context *context, const struct state *out);

/* True if a way out before number @exit has a hold of @cls, too. */
bool is_told(const struct context *context, unsigned exit,
	     const struct lock_class *cls);

/* Locks that are taken or dropped as the result says. */
void tell_returned(struct outcome *o, const struct info *info);

/* Windows that are opened or closed, and debts that are left. */
void tell_left(struct outcome *o, const struct info *info);

#endif
