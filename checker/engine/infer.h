/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contracts that nobody wrote down: what every caller in sight holds when it
 * calls a function.  A statement about all calls, not a guess at what the
 * function needs; for one that is called from out of sight nothing is said.
 */
#ifndef MMUCHECK_INFER_H
#define MMUCHECK_INFER_H

#include "solve.h"

/* Of one class of lock, over all calls of one function. */
struct usual {
	const struct lock_class *cls;
	unsigned modes;			/* 1 << enum mode, of all calls */
	bool always;			/* no call is without it */
	int by_param;			/* read if this bool is true, write if not; -1 */
	const struct lock_class *other;	/* calls without it hold this instead */
};

struct usuals {
	VEC(struct usual) held;		/* by name of the class */
	VEC(const struct lock_class *) absent;	/* taken inside, never held outside */
	bool known;			/* all its callers are in sight */
};

struct inference {
	struct link *link;
	struct usuals *of;		/* by function id */
	struct call_table *calls;
};

struct inference *inference_new(struct link *link);

/* To be shown every event of a replay. */
void inference_watch(struct inference *inference, const struct event *event);

/* When all was shown. */
void inference_settle(struct inference *inference);

#endif
