/* SPDX-License-Identifier: GPL-2.0-only */
/* Which locks there are, and which is taken inside which, as it was found. */
#ifndef MMUCHECK_LOCKORDER_H
#define MMUCHECK_LOCKORDER_H

#include "analysis.h"

/* An arrow from an outer lock to an inner one. */
struct lock_edge {
	const struct lock_class *outer, *inner;
	const struct function *fn;	/* one place; NULL: only declared */
	unsigned line;
	const struct row *row;		/* that declares it, if one does */
	bool circle;			/* part of one */
};

struct lock_place {
	const struct function *fn;
	unsigned line;
};

/* A lock that is taken, or that a row puts in order. */
struct lock_use {
	const struct lock_class *cls;
	VEC(struct lock_place) places;	/* where it is taken, by file and line */
};

struct lock_order {
	VEC(struct lock_edge) edges;	/* by names */
	VEC(struct lock_use) locks;	/* by name */
};

/* Of an analysis that was run. */
struct lock_order *lock_order_find(const struct analysis *analysis);

#endif
