/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a function takes and leaves to its callers to drop, or the other way
 * round.  By the text it is a guess that tells who may be meant to pay for whom;
 * a way out that nobody is there to pay for is a leak.
 */
#ifndef MMUCHECK_BALANCE_H
#define MMUCHECK_BALANCE_H

#include "solve.h"

/* The class that stands for any lock of the record type @type. */
const struct lock_class *some_lock(struct contracts *contracts,
				   const char *type);
/* The same of a lock or an array of locks, or a pointer to one. */
const struct lock_class *some_lock_of(struct link *link,
				      const struct type *type);

/* True if @lock is a local pointer that a function out of sight fills in: it takes
 * what it finds, so that this one does not drop a lock of its callers. */
bool is_filled_in(const struct function *fn, const struct expr *lock);

/*
 * Functions that take and leave to others to drop, or the other way round: by
 * the text, as far as classes go.  What they do often hangs on something that
 * is asked in both, so all that is known goes in and out of them; but for what
 * is taken or dropped only where something else is held: most that get there
 * do neither.
 */
struct balance {
	struct bits takes, drops;	/* itself, or by callees that leave it so */
	struct bits sure_takes, sure_drops;	/* the same, wherever it is called */
	struct bits either;		/* taken or dropped, never both: as it is told */
	struct bits surplus;		/* taken in more places than dropped */
	struct bits drop_above, take_above;	/* a caller not far up does */
	struct bits own_drops;			/* itself */
	struct bits drops_beside;		/* who calls it, itself */
	bool begun, net, sure_net;
};

/* Fills in what the text of all functions says; once, after linking. */
void find_balance(struct link *link);

/* The part of it that is about who calls: above and beside. */
void find_above(struct link *link, struct balance *all);

const struct balance *balance_of(const struct function *fn);
/* True if @set has @cls, or any lock of its type. */
bool speaks_of(const struct bits *set, const struct lock_class *cls);

/* What an instruction takes and drops, also by callees that leave it so. */
struct step_text {
	struct bits takes, drops, callee_takes, callee_drops;
	struct bits callee_even;	/* of those, what one callee does both to */
};

/* NULL: nothing; stands until the next call of it. */
const struct step_text *text_of(struct link *link, const struct function *fn,
				const struct insn *insn);

/*
 * find_either() - what a function takes on some ways and drops on others
 * @takes, @drops: all that it takes and drops, itself or by callees
 *
 * A caller of it may be meant to take by it as well as to drop.
 */
void find_either(struct link *link, const struct function *fn,
		 const struct bits *takes, const struct bits *drops,
		 struct bits *either);

/* A lock that a way out has too much of, too little, or in another mode. */
struct imbalance {
	const struct lock_class *cls;
	int net;			/* 0: as much, but for read or write */
	bool is_leak;			/* and no caller can be meant to mend it */
	bool kept;			/* the caller's, that was to be dropped */
};

#define MAX_IMBALANCES	8

/* True if there is none: it holds what the way in did, as most do. */
bool is_even(const struct link *link, const struct context *context,
	     const struct hold *holds, unsigned nholds);

/*
 * exit_imbalances() - what a way out of @context has more or less than the way in
 * @ret: what is known of the value that is returned there
 *
 * Returns how many there are in @found.
 */
unsigned exit_imbalances(const struct link *link, const struct context *context,
			 const struct hold *holds, unsigned nholds,
			 struct range ret, struct imbalance *found);

/* One of several of its class: which ones, and how many, nobody keeps. */
bool hold_is_crowd(const struct hold *hold);
bool has_crowd(const struct state *state, const struct lock_class *cls);
/* @info's function is entered or left in @state: how many it takes or drops of
 * what is a crowd there, nobody counts. */
void note_crowds(struct info *info, const struct state *state);

/* True if a take of @cls in @fn may come before @insn, by the text. */
bool is_taken_before(struct link *link, const struct function *fn,
		     const struct insn *insn, const struct lock_class *cls);
/* The same behind it, before any drop of it. */
bool is_taken_behind(struct link *link, const struct function *fn,
		     const struct insn *insn, const struct lock_class *cls);

/* True if a drop of @cls follows @insn, by the text, and @insn that again. */
bool is_dropped_in_loop(struct link *link, const struct function *fn,
			const struct insn *insn, const struct lock_class *cls);

/* What is known of what is returned at @exit. */
struct range exit_range(const struct state *exit);

#endif
