/* SPDX-License-Identifier: GPL-2.0-only */
/* What a rule has to say, and what it knows it from. */
#ifndef MMUCHECK_FINDING_H
#define MMUCHECK_FINDING_H

#include "solve.h"

struct note {
	const char *file;
	unsigned line, col;
	const char *text;
};

enum step_kind { STEP_CALL, STEP_BRANCH };

/* One step on the way to a finding. */
struct step {
	enum step_kind kind;
	const char *file;
	unsigned line, col;
	const char *function;		/* that it is in */
	const char *callee;		/* of a call */
	const char *text;
	const struct state *state;	/* at a branch; of a call: as it is entered */
	const struct caller *caller;	/* of a call */
};

struct allow;

struct finding {
	const char *rule;
	const char *file;
	unsigned line, col;
	const char *function;
	const char *message;
	const char *about;		/* of two about one thing one is shown */
	VEC(struct note) notes;		/* what is required, held, and known why */
	VEC(struct step) path;		/* from an entry point to here */
	VEC(struct info *) involved;	/* the functions on it */
	const struct context *context;	/* that the path ends in */
	const struct allow *allow;	/* who lets it stand */
	const char *identity;		/* see report/identity.h; NULL: not asked yet */
};

struct findings {
	VEC(struct finding *) all;
	VEC(struct finding *) allowed;		/* these are not among them */
	VEC(struct finding *) known;		/* nor these, which a baseline has */
	VEC(struct allow *) allows;
	VEC(const struct insn *) broken;	/* asserts that do not hold */
	VEC(const char *) closer;	/* functions that were seen in full */
};

/*
 * finding_add() - a finding at @line of @fn
 *
 * NULL if there is one of that rule with that message at that place already.
 */
struct finding *finding_add(struct findings *findings, const char *rule,
			    const struct function *fn, unsigned line,
			    unsigned col, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

void finding_note(struct finding *finding, const struct function *fn,
		  unsigned line, unsigned col, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The calls that lead to @context, and to @node in it. */
void finding_path(struct finding *finding, const struct context *context,
		  const struct node *node);
/* The same, by way of these calls, the innermost first. */
void finding_path_by(struct finding *finding, const struct caller *const *way,
		     unsigned steps, const struct context *context,
		     const struct node *node);
/* A note for each lock that is held. */
void finding_holds(struct finding *finding, const struct work *work);

void findings_sort(struct findings *findings);

const char *mode_name(enum mode mode);
/* "kvm.mmu_lock for read" */
const char *lock_text(const struct lock_class *cls, enum mode mode);
/* " (kvm.contracts:41, locking.rst "Acquisition Orders")" or "" */
const char *row_text(const struct row *row);

#endif
